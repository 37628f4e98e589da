/// The frame of a TFRecord: length (8 bytes), its masked CRC-32C (4), the data, their masked CRC-32C (4), little-endian.
enum RecordFrame {
  /// `data` in its frame.
  static func frame(_ data: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(data.count))
    return length + littleEndian(masked(length)) + data + littleEndian(masked(data))
  }

  /// The CRC turned and shifted, as TFRecord wants it, so that a CRC of data that hold CRCs stays meaningful.
  private static func masked(_ data: [UInt8]) -> UInt32 {
    let value = CyclicRedundancyCheck.crc32c.checksum(data)
    return ((value >> 15) | (value << 17)) &+ 0xA282_EAD8
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
