import Foundation

/// Writes small zip archives with stored members, so that tests need no program to make them.
struct StoredZip {
  private var body = Data()
  private var directory = Data()
  private var count = 0

  /// Adds a member.
  mutating func add(_ path: String, _ content: Data) {
    add(name: Data(path.utf8), isMarkedUTF8: true, content)
  }

  /// Adds a member whose name is these bytes.
  mutating func add(name: Data, isMarkedUTF8: Bool = false, _ content: Data) {
    var common = Data()
    // Version 2.0, flag 11: the name is UTF-8; method 0; a fixed date.
    for value: UInt16 in [20, isMarkedUTF8 ? 0x0800 : 0, 0, 0, 0x21] { common.append(little: value) }
    common.append(little: Self.checksum(content))
    common.append(little: UInt32(content.count))
    common.append(little: UInt32(content.count))
    common.append(little: UInt16(name.count))
    common.append(little: UInt16(0))
    directory.append(little: UInt32(0x0201_4B50))
    directory.append(little: UInt16(20))
    directory.append(common)
    for value: UInt16 in [0, 0, 0] { directory.append(little: value) }
    directory.append(little: UInt32(0))
    directory.append(little: UInt32(body.count))
    directory.append(name)
    body.append(little: UInt32(0x0403_4B50))
    body.append(common)
    body.append(name)
    body.append(content)
    count += 1
  }

  /// Adds a member of text.
  mutating func add(_ path: String, _ text: String) {
    add(path, Data(text.utf8))
  }

  /// The archive.
  var data: Data {
    var end = Data()
    end.append(little: UInt32(0x0605_4B50))
    for value in [0, 0, count, count] { end.append(little: UInt16(value)) }
    end.append(little: UInt32(directory.count))
    end.append(little: UInt32(body.count))
    end.append(little: UInt16(0))
    return body + directory + end
  }

  /// CRC-32 as zip has it.
  private static func checksum(_ data: Data) -> UInt32 {
    ~data.reduce(~UInt32(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}

extension Data {
  fileprivate mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
