import FarqExperiment
import FarqTraining
import Foundation

/// Shows on standard error what `farq pretrain` does.
struct PretrainingConsole {
  private var bar = ProgressBar()
  private var recent: [(tokens: Int, seconds: Double, loss: Double)] = []

  mutating func show(_ event: PretrainingRunner.Event) {
    switch event {
    case .stage(let words): line("… \(words)")
    case .note(let words): line("  \(words)")
    case .training(.step(let step)): show(step)
    case .training(.evaluated(let step, let tokens, let evaluation)):
      line(
        "  update \(step), \(NumberText.grouped(tokens)) tokens: held-out loss \(NumberText.fixed(evaluation.loss, 4)), "
          + "perplexity \(NumberText.fixed(evaluation.perplexity, 1)), "
          + "masked accuracy \(NumberText.fixed(evaluation.accuracy, 4))")
    case .training(.saved): break
    }
  }

  private mutating func show(_ step: PretrainingEvent.Step) {
    recent.append((step.tokens, step.seconds, step.loss))
    if recent.count > 50 { recent.removeFirst() }
    let seconds = recent.reduce(0) { $0 + $1.seconds }
    let speed = Double(recent.reduce(0) { $0 + $1.tokens }) / max(seconds, 1e-9)
    let loss = recent.reduce(0) { $0 + $1.loss } / Double(recent.count)
    let left = step.progress > 0 ? step.elapsed * (1 - step.progress) / step.progress : .nan
    bar.draw(
      Int(step.progress * 1000), of: 1000,
      "update \(step.step)  \(NumberText.grouped(Int(speed))) tokens/s  loss \(NumberText.fixed(loss, 4))  "
        + (step.documentLoss > 0 ? "document loss \(NumberText.fixed(step.documentLoss, 4))  " : "")
        + "lr \(NumberText.scientific(step.learningRate))  \(NumberText.duration(left)) left")
  }

  private mutating func line(_ words: String) {
    bar.clear()
    Console.note(words)
  }
}
