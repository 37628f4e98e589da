/// A point of a chart.
struct ChartPoint: Sendable, Equatable {
  /// Where it lies on the horizontal axis.
  var x: Double
  /// Where it lies on the vertical axis; NaN for nothing there.
  var y: Double
}
