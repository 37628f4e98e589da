import Foundation

/// Numbers for people.
enum NumberText {
  /// With so many decimals.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    value.isFinite ? String(format: "%.\(decimals)f", value) : "–"
  }

  /// `3 min 20 s`, `1 h 05 min`, `12 s`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "–" }
    let total = Int(seconds.rounded())
    if total < 60 { return "\(total) s" }
    if total < 3600 { return String(format: "%d min %02d s", total / 60, total % 60) }
    return String(format: "%d h %02d min", total / 3600, total % 3600 / 60)
  }

  /// `5,294,599`
  static func grouped(_ value: Int) -> String {
    let digits = Array(String(abs(value)))
    let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
    return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// A learning rate, `2.0e-05`.
  static func scientific(_ value: Double) -> String {
    String(format: "%.1e", value)
  }
}
