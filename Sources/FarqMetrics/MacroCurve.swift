/// The mean of several classes' curves, as TorchMetrics averages them: at every x of any class, the mean of the
/// interpolated y.
struct MacroCurve: Sendable {
  private let interpolations: [LinearInterpolation]
  private let xs: [[Float]]

  /// A mean of curves (x, y).
  init(_ curves: [(x: [Float], y: [Float])]) {
    interpolations = curves.map { LinearInterpolation(knots: $0.x, values: $0.y) }
    xs = curves.map(\.x)
  }

  /// The mean y at `x`.
  func mean(_ x: Float) -> Float {
    interpolations.reduce(Float(0)) { $0 + $1(x) } / Float(interpolations.count)
  }

  /// Every x of any class, rising, and the mean y there.
  func points() -> (x: [Float], y: [Float]) {
    let x = xs.flatMap { $0 }.sorted(by: CurveSearch.rises)
    return (x, x.map(mean))
  }

  /// The equal error rate of a mean ROC: of all points only those near where the errors cross are looked at.
  ///
  /// - Parameter window: where they cross; the curves may be cut to it.
  func equalErrorRate(in window: ClosedRange<Float>) -> Double {
    var (low, high) = (window.lowerBound, window.upperBound)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if middle - (1 - mean(middle)) < 0 { low = middle } else { high = middle }
    }
    let gap = { (x: Float) in abs(x - (1 - mean(x))) }
    let ends = xs.flatMap { values -> [Float] in
      let position = CurveSearch.countBelow(values, high)
      return [position - 1, position].filter { values.indices.contains($0) }.map { values[$0] }
    }
    guard let nearest = ends.filter(window.contains).map(gap).min() else { return .nan }
    let reach = nearest + 1e-5
    let (first, last) = (max(window.lowerBound, high - reach), min(window.upperBound, high + reach))
    let near = xs.flatMap { values -> ArraySlice<Float> in
      let start = CurveSearch.countBelow(values, first)
      return values[start..<max(start, CurveSearch.countAtMost(values, last))]
    }.sorted()
    guard let best = near.min(by: { gap($0) < gap($1) }) else { return .nan }
    return Double((best + (1 - mean(best))) / 2)
  }
}
