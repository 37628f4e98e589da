/// Finds the first place where bytes are not UTF-8 (RFC 3629: no overlong forms, no surrogates).
enum UTF8Validation {
  /// What a look through bytes found.
  struct Finding: Equatable {
    /// The number of leading bytes that are whole, valid UTF-8.
    var validCount: Int
    /// Whether what follows is the start of a sequence that the end of the bytes cuts off.
    var isCutOff: Bool
    /// Whether every valid byte is ASCII.
    var isASCII: Bool
  }

  /// Looks through `bytes` up to the first fault.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
    var position = 0
    var isASCII = true
    let count = bytes.count
    while position < count {
      if bytes[position] < 0x80 {
        position = endOfASCII(bytes, from: position)
        continue
      }
      isASCII = false
      let length = sequenceLength(bytes, at: position)
      guard length > 0 else {
        return Finding(validCount: position, isCutOff: length < 0, isASCII: isASCII)
      }
      position += length
    }
    return Finding(validCount: count, isCutOff: false, isASCII: isASCII)
  }

  /// The length of the sequence that starts at `position`; 0 where it is a fault, -1 where the end cuts it off.
  @inline(__always)
  static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    let lead = bytes[position]
    if lead < 0x80 { return 1 }
    // Arabic: two bytes, by far the most common.
    if lead >= 0xC2, lead <= 0xDF {
      guard position + 1 < bytes.count else { return -1 }
      return isContinuation(bytes[position + 1]) ? 2 : 0
    }
    guard lead >= 0xE0, lead <= 0xF4 else { return 0 }
    let length = lead < 0xF0 ? 3 : 4
    let bounds = secondByteBounds(lead)
    for offset in 1..<length {
      guard position + offset < bytes.count else { return -1 }
      let byte = bytes[position + offset]
      let isRight = offset == 1 ? bounds.contains(byte) : isContinuation(byte)
      guard isRight else { return 0 }
    }
    return length
  }

  @inline(__always)
  private static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    while position + 8 <= bytes.count {
      let word = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + position)
        .loadUnaligned(as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { break }
      position += 8
    }
    while position < bytes.count, bytes[position] < 0x80 { position += 1 }
    return position
  }

  private static func secondByteBounds(_ lead: UInt8) -> ClosedRange<UInt8> {
    switch lead {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  }

  @inline(__always)
  private static func isContinuation(_ byte: UInt8) -> Bool {
    byte & 0xC0 == 0x80
  }
}
