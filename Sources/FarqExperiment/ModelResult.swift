import FarqMetrics
import FarqReport

/// What is known of a model after its run.
struct ModelResult {
  /// Models that differ in the seed alone share it.
  let family: String
  let report: ModelReport
  let predictions: Predictions
}
