import Foundation

/// Maps a range of numbers to a range of positions, with round ticks.
///
/// Degenerate data have a scale too: no finite number gives 0 … 1, one number gives a range around it.
package struct LinearScale: Sendable, Equatable {
  /// The numbers at both ends; lower < upper.
  package let domain: ClosedRange<Double>
  /// The position of the lower end.
  package let start: Double
  /// The position of the upper end.
  package let end: Double
  /// Round numbers in the domain, rising.
  package let ticks: [Double]
  private let step: Double

  /// Makes a scale that holds all finite `values`.
  ///
  /// - Parameters:
  ///   - values: the data; NaN and infinite values are left out.
  ///   - including: numbers that the scale shall also hold.
  ///   - limits: bounds that the widening to round ticks does not cross.
  ///   - tickCount: about how many ticks.
  ///   - wholeTicks: whether ticks are whole numbers only (epochs).
  package init(
    _ values: [Double], including: [Double] = [], limits: ClosedRange<Double>? = nil, from start: Double,
    to end: Double, tickCount: Int = 5, wholeTicks: Bool = false
  ) {
    let finite = (values + including).filter { $0.isFinite && abs($0) < 1e300 }
    var low = finite.min() ?? 0
    var high = finite.max() ?? 1
    if low == high {
      let margin = low == 0 ? 1 : abs(low) * 0.1
      (low, high) = (low - margin, high + margin)
      if let limits { (low, high) = (max(low, limits.lowerBound), min(high, limits.upperBound)) }
      if low >= high { (low, high) = (high - 1, high) }
    }
    var step = Self.roundStep((high - low) / Double(max(tickCount, 1)))
    if wholeTicks { step = max(step.rounded(.up), 1) }
    let first = (low / step + 1e-9).rounded(.down)
    let last = (high / step - 1e-9).rounded(.up)
    var lower = first * step
    var upper = last * step
    if let limits {
      (lower, upper) = (max(lower, min(low, limits.lowerBound)), min(upper, max(high, limits.upperBound)))
    }
    if lower >= upper { upper = lower + step }
    domain = lower...upper
    self.start = start
    self.end = end
    self.step = step
    let count = min(Int(last - first), 50)
    ticks = (0...max(count, 0)).map { (first + Double($0)) * step }
      .filter { $0 >= lower - step * 1e-6 && $0 <= upper + step * 1e-6 }
  }

  /// The position of a number.
  package func position(_ value: Double) -> Double {
    start + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * (end - start)
  }

  /// A tick's label, with as many decimals as tell the ticks apart.
  package func label(_ tick: Double, percent: Bool = false) -> String {
    let factor = percent ? 100.0 : 1
    let largest = max(abs(domain.lowerBound), abs(domain.upperBound)) * factor
    let unit = percent ? "\u{202F}%" : ""
    if tick == 0 { return "0" + unit }
    if largest < 0.001 || largest >= 1e7 { return Formatted.short(tick * factor) + unit }
    let decimals = max(0, Int((-log10(step * factor) - 1e-9).rounded(.up)))
    let extra = (step * factor * pow(10, Double(decimals))).truncatingRemainder(dividingBy: 1) > 0.01 ? 1 : 0
    if decimals + extra == 0, abs(tick * factor) >= 1000 {
      return Formatted.integer(Int((tick * factor).rounded())) + unit
    }
    return Formatted.fixed(tick * factor, decimals + extra) + unit
  }

  /// The next of 1, 2, 2.5, 5 × 10ⁿ that is not below `rough`.
  private static func roundStep(_ rough: Double) -> Double {
    guard rough.isFinite, rough > 1e-300 else { return 1 }
    let power = pow(10, log10(rough).rounded(.down))
    let mantissa = rough / power
    let nice = [1, 2, 2.5, 5, 10].first { $0 >= mantissa - 1e-9 } ?? 10
    return nice * power
  }
}
