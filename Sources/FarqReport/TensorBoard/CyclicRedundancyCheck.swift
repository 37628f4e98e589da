/// A 32-bit cyclic redundancy check with reflected bits, initial value and final inversion of all ones.
package struct CyclicRedundancyCheck: Sendable {
  /// CRC-32 of PNG, gzip and zip (ISO 3309).
  package static let crc32 = CyclicRedundancyCheck(polynomial: 0xEDB8_8320)
  /// CRC-32C of TFRecord, iSCSI (RFC 3720) and SSE 4.2.
  package static let crc32c = CyclicRedundancyCheck(polynomial: 0x82F6_3B78)

  private let table: [UInt32]

  private init(polynomial: UInt32) {
    table = (0..<256).map { index in
      (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? (value >> 1) ^ polynomial : value >> 1 }
    }
  }

  /// The check value of `bytes`.
  package func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes { value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ (value >> 8) }
    return ~value
  }
}
