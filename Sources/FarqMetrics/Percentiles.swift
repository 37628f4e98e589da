/// Percentiles of drawn values.
enum Percentiles {
  /// The middle `confidence` of `values`, by linear interpolation (numpy's default); undefined values are left out.
  static func interval(_ values: [Double], confidence: Double) -> Interval {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return Interval(.nan, .nan) }
    let tail = (1 - confidence) / 2
    return Interval(quantile(sorted, tail), quantile(sorted, 1 - tail))
  }

  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
  }
}
