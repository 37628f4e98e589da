/// What is known of SANAD's balanced subset (Einea, Elnagar and Al Debsi, Data in Brief 25, 2019, 104076).
public enum SANAD {
  /// The three sources, as their folders are named.
  public static let subsets = ["akhbarona", "arabiya", "khaleej"]

  /// The seven labels in the order of their indices.
  public static let labels = ["Culture", "Finance", "Medical", "Politics", "Religion", "Sports", "Tech"]

  /// Articles a label of a subset in a split; nil for what is no subset.
  public static func articlesPerLabel(subset: String, split: Split) -> Int? {
    switch (subset, split) {
    case (_, .validation): nil
    case ("akhbarona", .train): 6030
    case ("akhbarona", .test): 670
    case ("khaleej", .train): 5850
    case ("khaleej", .test): 650
    case ("arabiya", .train): 3330
    case ("arabiya", .test): 370
    default: nil
    }
  }

  /// The labels of a subset: `arabiya` has neither Culture nor Religion.
  public static func labels(of subset: String) -> [String] {
    subset == "arabiya" ? labels.filter { $0 != "Culture" && $0 != "Religion" } : labels
  }

  /// A line for each subset and split whose counts are not the published ones.
  static func warnings(for documents: DocumentList) -> [String] {
    var counts: [String: [Split: [String: Int]]] = [:]
    for index in documents.indices {
      guard let subset = documents.subset(at: index), let label = documents.label(at: index) else { continue }
      counts[subset, default: [:]][documents.split(at: index) ?? .train, default: [:]][label, default: 0] += 1
    }
    return subsets.flatMap { subset -> [String] in
      guard let found = counts[subset] else { return [] }
      return [Split.train, .test].compactMap { warning(subset: subset, split: $0, found: found[$0] ?? [:]) }
    }
  }

  private static func warning(subset: String, split: Split, found: [String: Int]) -> String? {
    guard let expected = articlesPerLabel(subset: subset, split: split) else { return nil }
    let names = Set(labels(of: subset)).union(found.keys).sorted()
    let differing = names.filter { found[$0, default: 0] != (labels(of: subset).contains($0) ? expected : 0) }
    guard !differing.isEmpty else { return nil }
    let list = differing.map { "\($0) \(found[$0, default: 0])" }.joined(separator: ", ")
    return
      "\(subset): SANAD's subset has \(expected) \(split.rawValue) articles for each of \(labels(of: subset).count) "
      + "labels; here it is \(list)"
  }
}
