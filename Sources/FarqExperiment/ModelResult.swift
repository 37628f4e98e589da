import FarqMetrics
import FarqReport

/// What is known of a model after its run.
struct ModelResult {
  let configuration: ModelConfiguration
  let report: ModelReport
  let predictions: Predictions
}
