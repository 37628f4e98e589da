/// A set of unicode scalars, kept as sorted ranges and asked by bisection.
struct ScalarRanges: Sendable {
  private let starts: [UInt32]
  private let ends: [UInt32]

  /// Reads `a-b c d-e …` in hexadecimal, as the generated tables write them (sorted, not overlapping).
  init(hexadecimal text: String) {
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    for item in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let bounds = item.split(separator: "-").compactMap { UInt32($0, radix: 16) }
      guard let first = bounds.first, let last = bounds.last else { continue }
      starts.append(first)
      ends.append(last)
    }
    self.starts = starts
    self.ends = ends
  }

  /// Whether the scalar is in the set.
  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] <= scalar
  }

  /// `\w` of Python's `re`.
  static let word = ScalarRanges(hexadecimal: PythonCharacterTables.word)
  /// `\d` of Python's `re`.
  static let digit = ScalarRanges(hexadecimal: PythonCharacterTables.digit)
  /// The scalars of which emoji are made.
  static let emoji = ScalarRanges(hexadecimal: PythonCharacterTables.emoji)
}
