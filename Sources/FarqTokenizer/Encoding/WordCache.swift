/// Remembers the ids of words, one word a place: a later word of the same place replaces the earlier.
///
/// A place is 64 bytes: the word (at most 38 bytes), its length, the number of its ids (at most 6), and the ids.
struct WordCache {
  private static let placeSize = 64
  static let longestWord = 38
  static let mostIDs = 6

  private let memory: UnsafeMutableRawPointer
  private let mask: Int

  init(places: Int = 1 << 14) {
    mask = places - 1
    memory = .allocate(byteCount: places * Self.placeSize, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: places * Self.placeSize)
  }

  /// Frees the memory; the cache must not be used after.
  func free() { memory.deallocate() }

  /// The place of a word of at most ``longestWord`` bytes.
  @inline(__always)
  func place(of word: UnsafePointer<UInt8>, _ length: Int) -> UnsafeMutableRawPointer {
    var hash = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index + 8 <= length {
      hash = Self.mix(hash, UnsafeRawPointer(word + index).loadUnaligned(as: UInt64.self))
      index += 8
    }
    if index < length {
      if length >= 8 {
        hash = Self.mix(hash, UnsafeRawPointer(word + length - 8).loadUnaligned(as: UInt64.self))
      } else {
        var rest: UInt64 = 0
        while index < length {
          rest = rest << 8 | UInt64(word[index])
          index += 1
        }
        hash = Self.mix(hash, rest)
      }
    }
    return memory + (Int(truncatingIfNeeded: hash >> 32) & mask) * Self.placeSize
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ bits: UInt64) -> UInt64 {
    let product = (hash ^ bits).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  /// Appends the ids of the word if the place holds it.
  @inline(__always)
  static func read(
    _ place: UnsafeMutableRawPointer, _ word: UnsafePointer<UInt8>, _ length: Int, into ids: inout GrowingBuffer<Int32>
  ) -> Bool {
    guard Int(place.load(fromByteOffset: 38, as: UInt8.self)) == length, matches(place, word, length) else {
      return false
    }
    let count = Int(place.load(fromByteOffset: 39, as: UInt8.self))
    ids.append((place + 40).assumingMemoryBound(to: Int32.self), count)
    return true
  }

  @inline(__always)
  private static func matches(
    _ place: UnsafeMutableRawPointer, _ word: UnsafePointer<UInt8>, _ length: Int
  ) -> Bool {
    let known = place.assumingMemoryBound(to: UInt8.self)
    var index = 0
    while index + 8 <= length {
      let left = UnsafeRawPointer(known + index).loadUnaligned(as: UInt64.self)
      if left != UnsafeRawPointer(word + index).loadUnaligned(as: UInt64.self) { return false }
      index += 8
    }
    while index < length {
      if known[index] != word[index] { return false }
      index += 1
    }
    return true
  }

  /// Puts a word of 1 to ``longestWord`` bytes with its ids into the place, if they are few enough.
  static func write(
    _ place: UnsafeMutableRawPointer, _ word: UnsafePointer<UInt8>, _ length: Int,
    ids: UnsafePointer<Int32>, _ count: Int
  ) {
    guard count <= mostIDs else { return }
    place.copyMemory(from: word, byteCount: length)
    place.storeBytes(of: UInt8(length), toByteOffset: 38, as: UInt8.self)
    place.storeBytes(of: UInt8(count), toByteOffset: 39, as: UInt8.self)
    (place + 40).copyMemory(from: ids, byteCount: count * 4)
  }
}
