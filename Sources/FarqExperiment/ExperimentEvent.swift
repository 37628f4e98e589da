public import FarqModels
public import FarqReport
public import FarqTraining

/// What a run tells while it goes on.
public enum ExperimentEvent: Sendable {
  /// A stage begins: what is done now.
  case stage(String)
  /// Something that the user should know.
  case note(String)
  /// The training of a model begins, the `index`-th of `count`.
  case model(name: String, index: Int, count: Int)
  /// A converted layer has been fitted.
  case fitted(HybridFit.LayerError)
  /// The training goes on.
  case training(TrainingEvent)
  /// A model is evaluated on the test split.
  case evaluated(ModelReport)
}
