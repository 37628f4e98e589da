import FarqMetrics
import FarqReport
import FarqTraining

/// Gathers a training run's course for the report: at most 400 steps, each the mean of those it stands for, and all epochs.
struct LearningCurveRecorder {
  private(set) var epochs: [EpochRecord] = []
  private let splitName: String
  private var steps: [StepRecord] = []
  private var pending: [TrainingEvent.StepEvent] = []

  /// - Parameters:
  ///   - splitName: the split that epochs are evaluated on.
  ///   - earlier: the course before an interruption.
  init(splitName: String, earlier: LearningCurve = LearningCurve()) {
    self.splitName = splitName
    steps = earlier.steps
    epochs = earlier.epochs
  }

  var curve: LearningCurve {
    LearningCurve(steps: steps + (pending.isEmpty ? [] : [Self.mean(pending)]), epochs: epochs)
  }

  /// Notes λ before the first update as epoch 0; nothing where no layer has one.
  mutating func begin(lambdas: [[Double]], decoderLambdas: [[Double]]) {
    let records = Self.means(lambdas, "encoder") + Self.means(decoderLambdas, "decoder")
    if !records.isEmpty { epochs.append(EpochRecord(epoch: 0, step: 0, lambdas: records)) }
  }

  mutating func record(_ event: TrainingEvent) {
    switch event {
    case .step(let step):
      pending.append(step)
      guard pending.count >= max(1, step.totalSteps / 400) else { return }
      steps.append(Self.mean(pending))
      pending = []
    case .epoch(let epoch): record(epoch)
    case .evaluating: break
    }
  }

  private mutating func record(_ epoch: TrainingEvent.EpochEvent) {
    let metrics: [String: FarqReport.MetricValue] = [
      HeadlineMetric.accuracy.rawValue: .number(epoch.evaluation.accuracy),
      HeadlineMetric.macroF1.rawValue: .number(epoch.evaluation.macroF1),
      HeadlineMetric.logLoss.rawValue: .number(epoch.evaluation.loss),
    ]
    let lambdas = Self.means(epoch.lambdas, "encoder") + Self.means(epoch.decoderLambdas, "decoder")
    epochs.removeAll { $0.epoch == epoch.epoch }
    epochs.append(
      EpochRecord(
        epoch: epoch.epoch, step: epoch.step, trainLoss: epoch.trainLoss, metrics: [splitName: metrics],
        lambdas: lambdas))
  }

  private static func means(_ lambdas: [[Double]], _ stack: String) -> [LayerLambda] {
    lambdas.enumerated().filter { !$1.isEmpty }.map { layer, values in
      LayerLambda(layer: layer, stack: stack, value: values.reduce(0, +) / Double(values.count))
    }
  }

  private static func mean(_ events: [TrainingEvent.StepEvent]) -> StepRecord {
    let count = Double(events.count)
    let last = events[events.count - 1]
    let seconds = events.reduce(0) { $0 + $1.seconds }
    return StepRecord(
      step: last.step, epoch: last.epoch, loss: events.reduce(0) { $0 + $1.loss } / count,
      learningRate: last.learningRate, gradientNorm: events.reduce(0) { $0 + $1.gradientNorm } / count,
      documentsPerSecond: Double(events.reduce(0) { $0 + $1.documents }) / max(seconds, 1e-9))
  }
}
