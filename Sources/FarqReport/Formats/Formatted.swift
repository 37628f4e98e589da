package import FarqMetrics
import Foundation

/// Numbers as a reader wants to see them; undefined ones are a dash.
package enum Formatted {
  /// What stands for an undefined number.
  package static let undefined = "–"

  /// A number with a fixed count of decimals and a true minus sign.
  package static func fixed(_ number: Double, _ decimals: Int) -> String {
    guard number.isFinite else { return undefined }
    let text = String(format: "%.\(decimals)f", abs(number))
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return number < 0 && !isZero ? "−\(text)" : text
  }

  /// A share as a percentage: 0.9851 is "98.51 %".
  package static func percent(_ share: Double, _ decimals: Int = 2) -> String {
    share.isFinite ? fixed(share * 100, decimals) + "\u{202F}%" : undefined
  }

  /// A difference of shares in percentage points, with its sign: 0.0012 is "+0.12".
  package static func points(_ difference: Double, _ decimals: Int = 2) -> String {
    signed(difference * 100, decimals)
  }

  /// A number with its sign.
  package static func signed(_ number: Double, _ decimals: Int) -> String {
    guard number.isFinite else { return undefined }
    let text = fixed(number, decimals)
    let isPositive = number > 0 && text.contains { $0 != "0" && $0 != "." }
    return isPositive ? "+\(text)" : text
  }

  /// A whole number with its digits in groups of three (narrow no-break spaces).
  package static func integer(_ number: Int, separator: String = "\u{202F}") -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += separator }
      text.append(digit)
    }
    return text
  }

  /// A count in short: 2857 is "2 857", 135193351 is "135.2 M".
  package static func count(_ number: Int) -> String {
    switch number.magnitude {
    case ..<100_000: integer(number)
    case ..<10_000_000: fixed(Double(number) / 1e6, 2) + "\u{202F}M"
    case ..<1_000_000_000: fixed(Double(number) / 1e6, 1) + "\u{202F}M"
    default: fixed(Double(number) / 1e9, 2) + "\u{202F}G"
    }
  }

  /// A size in bytes, in MB or GB (powers of ten).
  package static func bytes(_ bytes: Int) -> String {
    if bytes <= 0 { return undefined }
    return bytes < 1_000_000_000
      ? fixed(Double(bytes) / 1e6, 0) + "\u{202F}MB" : fixed(Double(bytes) / 1e9, 2) + "\u{202F}GB"
  }

  /// A duration: "0.8 s", "41 s", "3 min 12 s", "2 h 05 min".
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return undefined }
    if seconds < 9.95 { return fixed(seconds, 1) + "\u{202F}s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole)\u{202F}s" }
    if whole < 3600 { return "\(whole / 60)\u{202F}min \(whole % 60)\u{202F}s" }
    let minutes = (whole + 30) / 60
    return "\(minutes / 60)\u{202F}h \(padded(minutes % 60))\u{202F}min"
  }

  /// A p value: "0.031", "< 0.001".
  package static func probability(_ value: Double) -> String {
    guard value.isFinite else { return undefined }
    return value < 0.001 ? "<\u{202F}0.001" : fixed(value, 3)
  }

  /// A number with about three significant digits, in scientific notation where it is very small or large.
  package static func short(_ number: Double) -> String {
    guard number.isFinite else { return undefined }
    let size = abs(number)
    if number == number.rounded(), size < 1_000_000 { return integer(Int(number)) }
    switch size {
    case ..<0.001, 1_000_000...: return scientific(number)
    case ..<1: return fixed(number, 3)
    case ..<10: return fixed(number, 2)
    case ..<100: return fixed(number, 1)
    default: return integer(Int(number.rounded()))
    }
  }

  /// A metric's value: a percentage where it is a share, else four decimals; so too where the metric is not known.
  package static func metric(_ value: Double, of metric: HeadlineMetric?) -> String {
    metric?.isShare == true ? percent(value) : fixed(value, 4)
  }

  /// A difference of a metric with its sign: in percentage points where it is a share, else four decimals.
  package static func difference(_ value: Double, of metric: HeadlineMetric?) -> String {
    metric?.isShare == true ? points(value) : signed(value, 4)
  }

  private static func scientific(_ number: Double) -> String {
    let parts = String(format: "%.1e", number).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return undefined }
    let mantissa = parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]
    return "\(mantissa)e\(exponent)".replacingOccurrences(of: "-", with: "−")
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
