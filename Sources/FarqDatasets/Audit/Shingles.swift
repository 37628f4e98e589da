/// The set of a text's runs of three words, as sorted hashes: what near duplicates are compared by.
enum Shingles {
  /// The shingles of `text`; a text of one or two words is one shingle, a text without words has none.
  static func of(_ text: String) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(text.utf8.count / 10)
    WordScanner.forEachWordHash(in: text) { words.append($0) }
    guard words.count >= 3 else {
      return words.isEmpty ? [] : [words.reduce(0) { WordScanner.mixed($0 ^ $1) }]
    }
    var shingles: [UInt64] = []
    shingles.reserveCapacity(words.count)
    for start in 0..<words.count - 2 {
      shingles.append(
        WordScanner.mixed(words[start] &+ 3 &* words[start + 1].byteSwapped &+ 7 &* WordScanner.mixed(words[start + 2]))
      )
    }
    shingles.sort()
    return withoutRepeats(shingles)
  }

  /// The Jaccard similarity of two sorted sets: shared over all; 0 where one is empty.
  static func similarity(_ one: [UInt64], _ other: [UInt64]) -> Double {
    var shared = 0
    var first = 0
    var second = 0
    while first < one.count, second < other.count {
      if one[first] == other[second] {
        shared += 1
        first += 1
        second += 1
      } else if one[first] < other[second] {
        first += 1
      } else {
        second += 1
      }
    }
    let all = one.count + other.count - shared
    return all == 0 ? 0 : Double(shared) / Double(all)
  }

  private static func withoutRepeats(_ sorted: [UInt64]) -> [UInt64] {
    var result: [UInt64] = []
    result.reserveCapacity(sorted.count)
    for value in sorted where result.last != value { result.append(value) }
    return result
  }
}
