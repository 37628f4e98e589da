/// A small compressor of the Deflate format (RFC 1951): one block of fixed codes, which finds runs of one byte only.
/// For flat pictures that is nearly all there is to find.
struct RunLengthDeflate: Sendable {
  private var bytes: [UInt8] = []
  private var bits: UInt32 = 0
  private var bitCount = 0

  /// `data` as a Deflate stream.
  static func compress(_ data: [UInt8]) -> [UInt8] {
    var stream = RunLengthDeflate()
    // Last block, fixed codes.
    stream.append(0b011, count: 3)
    var index = 0
    while index < data.count {
      let byte = data[index]
      stream.appendLiteral(Int(byte))
      index += 1
      var run = 0
      while index + run < data.count, run < 258, data[index + run] == byte { run += 1 }
      guard run >= 3 else { continue }
      stream.appendRepetition(of: run)
      index += run
    }
    stream.appendLiteral(256)
    if stream.bitCount > 0 { stream.append(0, count: 8 - stream.bitCount) }
    return stream.bytes
  }

  /// A byte, or 256 for the end, in the fixed code of RFC 1951 section 3.2.6.
  private mutating func appendLiteral(_ symbol: Int) {
    switch symbol {
    case ..<144: appendReversed(UInt32(0x30 + symbol), count: 8)
    case ..<256: appendReversed(UInt32(0x190 + symbol - 144), count: 9)
    case ..<280: appendReversed(UInt32(symbol - 256), count: 7)
    default: appendReversed(UInt32(0xC0 + symbol - 280), count: 8)
    }
  }

  /// `length` (3 to 258) more of the byte before: a length code and distance 1.
  private mutating func appendRepetition(of length: Int) {
    if length == 258 {
      appendLiteral(285)
    } else {
      // Codes 257 to 264 are single lengths; after that each group of four codes has one more extra bit.
      let offset = length - 3
      let extra = offset < 8 ? 0 : (Int.bitWidth - 1 - offset.leadingZeroBitCount) - 2
      appendLiteral(257 + extra * 4 + (offset >> extra))
      append(UInt32(offset & ((1 << extra) - 1)), count: extra)
    }
    appendReversed(0, count: 5)
  }

  /// Codes go from their highest bit.
  private mutating func appendReversed(_ code: UInt32, count: Int) {
    for bit in (0..<count).reversed() { append(code >> UInt32(bit) & 1, count: 1) }
  }

  /// Everything else goes from its lowest bit.
  private mutating func append(_ value: UInt32, count: Int) {
    for bit in 0..<count {
      bits |= (value >> UInt32(bit) & 1) << UInt32(bitCount)
      bitCount += 1
      if bitCount == 8 {
        bytes.append(UInt8(bits))
        bits = 0
        bitCount = 0
      }
    }
  }
}
