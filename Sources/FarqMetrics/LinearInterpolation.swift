/// Piecewise linear interpolation as `torchmetrics.utilities.compute.interp`, in single precision as there: for each x the
/// segment is found by how many knots are at most x, even where the knots do not rise.
struct LinearInterpolation: Sendable {
  private let knots: [Float]
  private let values: [Float]
  /// The knots that are numbers, rising.
  private let rising: [Float]

  /// An interpolation through `knots` with `values`, at least two of each.
  init(knots: [Float], values: [Float]) {
    self.knots = knots
    self.values = values
    let sorted = CurveSearch.sorted(knots)
    rising = sorted.last?.isNaN ?? false ? sorted.filter { !$0.isNaN } : sorted
  }

  /// The value at `x`.
  func callAsFunction(_ x: Float) -> Float {
    guard knots.count >= 2 else { return .nan }
    let segment = x.isNaN ? 0 : min(max(0, CurveSearch.countAtMost(rising, x) - 1), knots.count - 2)
    let width = knots[segment + 1] - knots[segment]
    let slope = width != 0 ? (values[segment + 1] - values[segment]) / width : 0
    return slope * x + (values[segment] - slope * knots[segment])
  }
}
