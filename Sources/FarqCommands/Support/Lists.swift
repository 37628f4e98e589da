import FarqCore
import FarqModels

/// Lists on the command line.
enum Lists {
  /// `0,0.25,0.5`, or percentages as `25%`.
  static func ratios(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
      let isPercent = word.hasSuffix("%")
      guard let value = Double(isPercent ? word.dropLast() : word) else {
        throw FarqError(.usage, "--ratios '\(text)': '\(word)' is no number; use for example 0,0.25,0.5")
      }
      return isPercent ? value / 100 : value
    }
  }

  /// `diff,dex`
  static func variants(_ text: String) throws -> [AttentionVariant] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
      guard let variant = AttentionVariant(rawValue: String(word)) else {
        let known = AttentionVariant.allCases.map(\.rawValue).joined(separator: ", ")
        throw FarqError(.usage, "--attention '\(word)' is unknown: use \(known)")
      }
      return variant
    }
  }
}
