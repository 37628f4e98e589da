/// Cleans the names of labels while documents are read, and keeps account of it.
struct LabelAccount {
  private var cleanedCount = 0
  /// Some of the names that were cleaned.
  private var examples: [String] = []
  private var skipped: (count: Int, first: String) = (0, "")

  /// The number of documents that were left out since they have no label.
  var skippedCount: Int { skipped.count }

  /// The label that `name` stands for; nil where nothing is left of it.
  mutating func label(_ name: String?) -> String? {
    guard let name, !name.isEmpty else { return nil }
    let cleaned = LabelName.cleaned(name)
    guard cleaned.utf8.count < name.utf8.count else { return name }
    guard !cleaned.isEmpty else { return nil }
    cleanedCount += 1
    if examples.count < 3, !examples.contains(name) { examples.append(name) }
    return cleaned
  }

  /// Notes that the document from `origin` is left out.
  mutating func skip(_ origin: String) {
    if skipped.count == 0 { skipped.first = origin }
    skipped.count += 1
  }

  /// The account in words, a line for each kind.
  var warnings: [String] {
    var lines: [String] = []
    if cleanedCount > 0 {
      let list = examples.map(LabelName.shown).joined(separator: ", ")
      lines.append(
        "\(cleanedCount) label\(cleanedCount == 1 ? "" : "s") read without the blanks or invisible marks around "
          + "\(cleanedCount == 1 ? "it" : "them"), such as \(list)")
    }
    if skipped.count > 0 {
      lines.append(
        "\(skipped.count) document\(skipped.count == 1 ? "" : "s") without label left out, such as \(skipped.first)")
    }
    return lines
  }
}
