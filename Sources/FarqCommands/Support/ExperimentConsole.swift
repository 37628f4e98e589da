import FarqExperiment
import FarqReport
import FarqTraining

/// Shows on standard error what a run does.
struct ExperimentConsole {
  private var bar = ProgressBar()
  private var started = ContinuousClock.now
  private var documents = 0
  private var seconds = 0.0
  private var steps = 0

  mutating func show(_ event: ExperimentEvent) {
    switch event {
    case .stage(let words): line("… \(words)")
    case .note(let words): line("  note: \(words)")
    case .model(let name, let index, let count):
      line("[\(index)/\(count)] \(name)")
      (documents, seconds, steps) = (0, 0, 0)
    case .fitted(let error): line("  " + FitText.line(error))
    case .training(.step(let step)): show(step)
    case .training(.evaluating(let done, let total)): bar.draw(done, of: total, "evaluating")
    case .training(.epoch(let epoch)):
      line(
        "  epoch \(epoch.epoch): training loss \(NumberText.fixed(epoch.trainLoss, 4)), loss "
          + "\(NumberText.fixed(epoch.evaluation.loss, 4)), accuracy \(NumberText.fixed(epoch.evaluation.accuracy, 4)), "
          + "macro F1 \(NumberText.fixed(epoch.evaluation.macroF1, 4))\(epoch.isBest ? "  ← best" : "")")
    case .evaluated(let model):
      let accuracy = model.metrics["accuracy"]?.number ?? .nan
      line(
        "  test accuracy \(NumberText.fixed(accuracy, 4)); trained in \(NumberText.duration(model.trainSeconds)), "
          + "\(NumberText.fixed(model.documentsPerSecond, 1)) articles/s")
    }
  }

  private mutating func show(_ step: TrainingEvent.StepEvent) {
    documents += step.documents
    seconds += step.seconds
    steps += 1
    let left = seconds / Double(steps) * Double(step.totalSteps - step.step)
    bar.draw(
      step.step, of: step.totalSteps,
      "\(NumberText.fixed(Double(documents) / max(seconds, 1e-9), 1)) articles/s  loss \(NumberText.fixed(step.loss, 4))  "
        + "lr \(NumberText.scientific(step.learningRate))  \(NumberText.duration(left)) left")
  }

  private mutating func line(_ words: String) {
    bar.clear()
    Console.note(words)
  }
}
