public import FarqInference
import FarqModels

extension Predictor {
  /// Logits of labelled documents and what follows from them.
  public func evaluate(_ labelled: TrainingDocuments, progress: (Int) -> Void = { _ in }) throws -> Evaluation {
    let start = ContinuousClock.now
    let logits = try logits(labelled.tokens, progress: progress)
    return try Evaluation(
      logits: logits, targets: labelled.targets, classCount: model.configuration.labels.count,
      seconds: (ContinuousClock.now - start).seconds)
  }
}
