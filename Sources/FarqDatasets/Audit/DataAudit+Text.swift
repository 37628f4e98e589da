import Foundation

extension DataAudit {
  /// The audit as plain text, a screen long.
  public var text: String {
    var lines = ["\(documents) documents, \(labels.count) labels, fingerprint \(fingerprint.prefix(16))", ""]
    lines += countTable
    lines += ["", "length in words    " + Self.line(words)]
    if let tokens { lines.append("length in tokens   " + Self.line(tokens)) }
    lines += [
      "", "equal texts        \(Self.line(exactDuplicates))", "near duplicates    \(Self.line(nearDuplicates))",
    ]
    lines += leaks.map { leak in
      "leaks \(leak.border.padding(toLength: 12, withPad: " ", startingAt: 0)) "
        + "\(leak.exact) equal and \(leak.near) near, \(Self.percent(leak.share)) of the measuring side"
    }
    lines.append("two labels         \(contradictions.exact) equal texts and \(contradictions.near) near pairs")
    lines.append(
      "marks of source    \(markers.headings) with Title/Body lines, \(markers.bylines) with a byline, "
        + "\(markers.credits) with an agency's name at the end")
    lines.append("encodings          " + encodingList)
    lines.append("without text       \(emptyDocuments.count)")
    lines.append("without label      \(unlabelledDocuments)")
    lines += exampleLines
    lines += warnings.map { "warning: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The encodings with their counts, in words.
  var encodingList: String {
    encodings.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
      .joined(separator: ", ")
  }

  /// A number with one decimal and a percent sign.
  static func percent(_ share: Double) -> String {
    String(format: "%.1f %%", share * 100)
  }

  /// Duplicates in words.
  static func line(_ duplicates: Duplicates) -> String {
    "\(duplicates.groups) groups of \(duplicates.documents) documents, \(duplicates.extra) more than needed"
  }

  /// Lengths in words.
  static func line(_ summary: LengthSummary?) -> String {
    guard let summary else { return "none" }
    let ranks = ["p5", "p25", "p50", "p75", "p95", "p99"].map { "\($0) \(summary.percentiles[$0] ?? 0)" }
    var line = String(format: "mean %.1f, %d to %d, ", summary.mean, summary.minimum, summary.maximum)
    line += ranks.joined(separator: ", ")
    if let limit = summary.limit, let share = summary.shareOverLimit {
      line += ", \(percent(share)) over \(limit)"
    }
    return line
  }

  /// A row a label and a column a split.
  private var countTable: [String] {
    let width = max(labels.map(\.unicodeScalars.count).max() ?? 0, 6) + 2
    let pad = { (name: String) in name + String(repeating: " ", count: max(width - name.unicodeScalars.count, 1)) }
    let cell = { (value: String) in String(repeating: " ", count: max(12 - value.count, 1)) + value }
    var lines = [pad("label") + splits.map { cell($0.split) }.joined()]
    for label in labels {
      lines.append(pad(label) + splits.map { cell(String($0.labels[label] ?? 0)) }.joined())
    }
    if unlabelledDocuments > 0 {
      lines.append(pad("(none)") + splits.map { cell(String($0.labels[""] ?? 0)) }.joined())
    }
    lines.append(pad("all") + splits.map { cell(String($0.documents)) }.joined())
    return lines
  }

  private var exampleLines: [String] {
    let kinds = [("near", nearDuplicates.examples), ("two labels", contradictions.examples)]
    let lists = leaks.map { ("leak \($0.border)", $0.examples) } + kinds
    return lists.flatMap { name, pairs in
      pairs.prefix(3).map {
        "\(name): \($0.first) and \($0.second), similarity \(String(format: "%.2f", $0.similarity))"
      }
    }
  }
}
