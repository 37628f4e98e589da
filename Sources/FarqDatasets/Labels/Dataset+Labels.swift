extension Dataset {
  /// The most labels that a warning names.
  private static let namedLimit = 10

  /// A line for each split that lacks a label which another has; data without splits lack nothing.
  public var splitWarnings: [String] {
    var counts: [Split: [Int32: Int]] = [:]
    for entry in documents.entries where entry.label >= 0 {
      counts[entry.split ?? .train, default: [:]][entry.label, default: 0] += 1
    }
    guard counts.count > 1 else { return [] }
    return Split.allCases.compactMap { split in
      guard let own = counts[split] else { return nil }
      let lacking = Set(counts.values.flatMap(\.keys)).subtracting(own.keys)
      guard !lacking.isEmpty else { return nil }
      let names = Self.list(lacking.compactMap(documents.labelName))
      guard split == .train else { return "the \(split.rawValue) split has no document of \(names)" }
      let others = Split.allCases.compactMap { other in
        let count = lacking.reduce(0) { $0 + (counts[other]?[$1] ?? 0) }
        return count > 0 ? "\(count) in \(other.rawValue)" : nil
      }
      return "the train split has no document of \(names) (\(others.joined(separator: ", "))): no model can learn that"
    }
  }

  /// A line for each group of labels that are likely meant to be one and are kept apart.
  static func lookAlikes(_ labels: [String]) -> [String] {
    Dictionary(grouping: labels, by: LabelName.skeleton).values.filter { $0.count > 1 }.map { group in
      "the labels \(list(group)) differ only in letter case, blanks or Unicode form\(codes(group)); they are kept apart"
    }.sorted()
  }

  /// The codes of two names that look alike on a screen.
  private static func codes(_ group: [String]) -> String {
    guard group.count == 2 else { return "" }
    let (one, other) = LabelName.difference(group[0], group[1])
    return " (\(one) and \(other))"
  }

  private static func list(_ names: [String]) -> String {
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(LabelName.shown)
    let more = sorted.count - namedLimit
    return sorted.prefix(namedLimit).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
