public import Foundation

/// Reads the frames of an event file and checks their check values, bit by bit and without Farq's tables; for tests.
public enum EventFileReader {
  /// A file that is no event file.
  public struct Malformed: Error {}

  /// The messages of a file; a frame that is cut off at the end is left out, as TensorBoard does.
  public static func messages(_ url: URL) throws -> [ProtobufReader] {
    let bytes = Array(try Data(contentsOf: url))
    var messages: [ProtobufReader] = []
    var start = 0
    while start + 12 <= bytes.count {
      let length = Int(number(bytes[start..<start + 8]))
      guard number(bytes[start + 8..<start + 12]) == masked(bytes[start..<start + 8]) else { throw Malformed() }
      let end = start + 12 + length
      guard end + 4 <= bytes.count else { break }
      guard number(bytes[end..<end + 4]) == masked(bytes[start + 12..<end]) else { throw Malformed() }
      guard let message = ProtobufReader(Array(bytes[start + 12..<end])) else { throw Malformed() }
      messages.append(message)
      start = end + 4
    }
    return messages
  }

  /// The summary's first value of each message that has one: its tag is field 1, a number field 2, an image field 4, a
  /// tensor field 8.
  public static func values(_ url: URL) throws -> [(step: Int, tag: String, value: ProtobufReader)] {
    try messages(url).compactMap { message in
      guard let value = message.message(5)?.message(1), let tag = value.string(1) else { return nil }
      return (message.integer(2) ?? 0, tag, value)
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The masked CRC-32C, a bit at a time.
  private static func masked(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var value: UInt32 = .max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1 }
    }
    value = ~value
    return UInt64(((value >> 15) | (value << 17)) &+ 0xA282_EAD8)
  }
}
