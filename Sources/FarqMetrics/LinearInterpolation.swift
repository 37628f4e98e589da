/// Piecewise linear interpolation as `torchmetrics.utilities.compute.interp`, in single precision as there: for each x the
/// segment is found by how many knots are at most x, even where the knots do not rise.
struct LinearInterpolation: Sendable {
  private let slopes: [Float]
  private let offsets: [Float]
  /// The knots that are numbers, rising.
  private let knots: [Float]

  /// An interpolation through `knots` with `values`, at least two of each.
  init(knots: [Float], values: [Float]) {
    let pairs = zip(zip(knots, knots.dropFirst()), zip(values, values.dropFirst()))
    slopes = pairs.map { x, y in
      let width = x.1 - x.0
      return width != 0 ? (y.1 - y.0) / width : 0
    }
    offsets = zip(slopes, zip(knots, values)).map { slope, knot in knot.1 - slope * knot.0 }
    self.knots = CurveSearch.sorted(knots).filter { !$0.isNaN }
  }

  /// The value at `x`.
  func callAsFunction(_ x: Float) -> Float {
    let segment = x.isNaN ? 0 : min(max(0, CurveSearch.countAtMost(knots, x) - 1), slopes.count - 1)
    guard segment >= 0 else { return .nan }
    return slopes[segment] * x + offsets[segment]
  }
}
