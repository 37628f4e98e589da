/// Numbers of labels that are written as names: those of a list, or where there is none those that occur.
struct LabelNames {
  private var numbers: [String: Int]
  /// How many names the list has; 0 without one.
  let listed: Int

  /// The names of a list in the order of their numbers; empty to collect those that occur.
  init(_ list: [String]) {
    numbers = Dictionary(zip(list, list.indices), uniquingKeysWith: { first, _ in first })
    listed = list.count
  }

  /// Whether names were collected without a list.
  var isCollecting: Bool { listed == 0 && !numbers.isEmpty }
  /// The highest number of a list, for messages.
  var limit: String { listed > 0 ? " to \(listed - 1)" : "" }

  /// The number of a name; nil for one that is not in the list, or that is new and may not be.
  mutating func number(of name: String, mayBeNew: Bool) -> Int? {
    if let number = numbers[name] { return number }
    guard mayBeNew, listed == 0 else { return nil }
    numbers[name] = numbers.count
    return numbers.count - 1
  }

  /// What each collected name's number becomes in the order of the names' bytes; empty with a list.
  func order() -> [Int: Int] {
    guard isCollecting else { return [:] }
    let names = numbers.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Dictionary(uniqueKeysWithValues: names.enumerated().map { (numbers[$1] ?? 0, $0) })
  }
}
