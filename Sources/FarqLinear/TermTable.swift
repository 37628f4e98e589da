/// Gives each distinct term (UTF-8 bytes) a number from 0 up, in order of first sight: a hash table with open
/// addressing over one arena of bytes, since a `Dictionary` of `String` costs an allocation a word.
struct TermTable: Sendable {
  private var arena: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  private var slots = [Int32](repeating: -1, count: 1 << 12)

  /// How many terms the table has.
  var count: Int { ends.count }

  /// The bytes of a term.
  func bytes(of term: Int) -> ArraySlice<UInt8> {
    arena[(term == 0 ? 0 : ends[term - 1])..<ends[term]]
  }

  /// The number of the term, or nil where it is not in the table.
  func find(_ term: UnsafeBufferPointer<UInt8>) -> Int? {
    let found = slots[slot(of: term, hash: Self.hash(term))]
    return found < 0 ? nil : Int(found)
  }

  /// The number of the term, which is added where it is new.
  mutating func insert(_ term: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = Self.hash(term)
    let place = slot(of: term, hash: hash)
    if slots[place] >= 0 { return Int(slots[place]) }
    slots[place] = Int32(count)
    arena.append(contentsOf: term)
    ends.append(arena.count)
    hashes.append(hash)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  private func slot(of term: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] >= 0 {
      let candidate = Int(slots[place])
      if hashes[candidate] == hash, bytes(of: candidate).elementsEqual(term) { break }
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = [Int32](repeating: -1, count: mask + 1)
    for term in 0..<count {
      var place = Int(truncatingIfNeeded: hashes[term]) & mask
      while slots[place] >= 0 { place = (place + 1) & mask }
      slots[place] = Int32(term)
    }
  }

  /// FNV-1a with a final mix, so that the low bits depend on all bytes.
  private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 32)
  }
}
