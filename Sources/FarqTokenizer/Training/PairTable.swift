/// How often each pair stands in the words, and the words in which pairs newly came up.
struct PairTable {
  private var slots: [Pair: Int] = [:]
  private var counts: [Int] = []
  private var pairs: [Pair] = []
  /// The words to look at for each pair, gathered since the last ``drain(into:)``.
  private var words: [[Int32]] = []
  private var touched: [Int] = []

  /// The count of `pair`.
  func count(of pair: Pair) -> Int { slots[pair].map { counts[$0] } ?? 0 }

  /// Adds `count` occurrences of `pair` in the word with the number `word`.
  mutating func add(_ pair: Pair, _ count: Int, word: Int32) {
    let slot = slot(of: pair)
    counts[slot] += count
    if words[slot].isEmpty { touched.append(slot) }
    words[slot].append(word)
  }

  /// Takes `count` occurrences of `pair` away.
  mutating func subtract(_ pair: Pair, _ count: Int) {
    let slot = slot(of: pair)
    counts[slot] -= count
  }

  /// Queues the pairs that came up.
  mutating func drain(into queue: inout MergeQueue) {
    for slot in touched {
      if counts[slot] > 0 { queue.push(Merge(pair: pairs[slot], count: counts[slot], words: words[slot])) }
      words[slot] = []
    }
    touched.removeAll(keepingCapacity: true)
  }

  private mutating func slot(of pair: Pair) -> Int {
    if let slot = slots[pair] { return slot }
    let slot = counts.count
    slots[pair] = slot
    counts.append(0)
    pairs.append(pair)
    words.append([])
    return slot
  }
}
