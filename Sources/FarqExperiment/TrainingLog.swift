import FarqReport
import FarqTraining
import Foundation

/// Writes a training run's course as TensorBoard's event files.
struct TrainingLog {
  private let writer: EventFileWriter
  private let labels: [String]
  private let splitName: String
  private var problem: (any Error)?

  init(folder: URL, splitName: String, labels: [String]) throws {
    writer = try EventFileWriter(folder: folder)
    self.splitName = splitName
    self.labels = labels
  }

  /// Writes λ before the first update.
  mutating func begin(lambdas: [[Double]], decoderLambdas: [[Double]]) throws {
    var recorder = LearningCurveRecorder(splitName: splitName)
    recorder.begin(lambdas: lambdas, decoderLambdas: decoderLambdas)
    for record in recorder.epochs { try writer.add(record) }
  }

  /// Writes one event; what goes wrong is thrown by ``finish(_:step:)``, so that training goes on.
  mutating func record(_ event: TrainingEvent) {
    do {
      var recorder = LearningCurveRecorder(splitName: splitName)
      recorder.record(event)
      switch event {
      case .step: for step in recorder.curve.steps { try writer.add(step) }
      case .epoch(let epoch):
        for record in recorder.epochs { try writer.add(record) }
        try add(epoch.evaluation, split: splitName, step: epoch.step)
      case .evaluating: break
      }
    } catch {
      problem = problem ?? error
    }
  }

  /// Writes the test split's confusion matrix and closes the file.
  func finish(_ evaluation: Evaluation, step: Int) throws {
    if let problem { throw problem }
    try add(evaluation, split: "test", step: step)
    try writer.close()
  }

  private func add(_ evaluation: Evaluation, split: String, step: Int) throws {
    try writer.add(
      confusionMatrix: ConfusionTable.counts(evaluation.predictions, labels: labels), labels: labels, split: split,
      step: step)
  }
}
