import FarqInference
import FarqModels
import FarqTraining

/// Evaluation without a trainer.
enum Predicting {
  static func evaluate(_ model: BERTClassifier, _ documents: TrainingDocuments) throws -> Evaluation {
    try Predictor(model: model, precision: .fp32).evaluate(documents)
  }
}
