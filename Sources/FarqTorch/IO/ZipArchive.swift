import FarqCore
import Foundation

/// The members of a zip file that are stored as they are, which is how `torch.save` writes all of them.
struct ZipArchive {
  /// What is wrong, in a few words.
  struct Problem: Error {
    let words: String
  }

  /// The places of the members' bytes in the file, by name.
  private(set) var members: [String: Range<Int>] = [:]
  private let bytes: UnsafeRawBufferPointer

  /// Reads the central directory (APPNOTE.TXT 4.3.12, 4.3.16; zip64: 4.3.14, 4.5.3).
  init(_ bytes: UnsafeRawBufferPointer) throws {
    self.bytes = bytes
    var (position, count) = try directory()
    for _ in 0..<count { try readEntry(&position) }
  }

  /// True where the file begins as a zip does.
  static func isZip(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }

  /// Where the central directory begins, and its number of entries.
  private func directory() throws -> (position: Int, count: Int) {
    let lowest = max(0, bytes.count - 65_557)
    guard
      let end = stride(from: bytes.count - 22, through: lowest, by: -1).first(where: { number32($0) == 0x0605_4B50 })
    else { throw Problem(words: "its end is missing") }
    let (count, position) = (try integer(end + 10, 2), try integer(end + 16, 4))
    guard count == 0xFFFF || position == 0xFFFF_FFFF else { return (position, count) }
    guard number32(end - 20) == 0x0706_4B50 else { throw Problem(words: "its zip64 end is missing") }
    let large = try integer(end - 12, 8)
    guard number32(large) == 0x0606_4B50 else { throw Problem(words: "its zip64 end is damaged") }
    return (try integer(large + 48, 8), try integer(large + 32, 8))
  }

  private mutating func readEntry(_ position: inout Int) throws {
    guard number32(position) == 0x0201_4B50 else { throw Problem(words: "its directory is damaged") }
    let lengths = (name: try integer(position + 28, 2), extra: try integer(position + 30, 2))
    let name = String(decoding: try slice(position + 46, lengths.name), as: UTF8.self)
    var (size, start) = (try integer(position + 24, 4), try integer(position + 42, 4))
    if size == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
      (size, start) = try wideNumbers(in: try slice(position + 46 + lengths.name, lengths.extra), size, start)
    }
    guard try integer(position + 10, 2) == 0 else { throw Problem(words: "its member \(name) is compressed") }
    guard number32(start) == 0x0403_4B50 else { throw Problem(words: "its member \(name) is missing") }
    let first = start + 30 + (try integer(start + 26, 2)) + (try integer(start + 28, 2))
    guard first <= bytes.count, size <= bytes.count - first else {
      throw Problem(words: "its member \(name) is cut off")
    }
    members[name] = first..<(first + size)
    position += 46 + lengths.name + lengths.extra + (try integer(position + 32, 2))
  }

  /// The zip64 extra field holds, in this order, those of size, compressed size and start that did not fit.
  private func wideNumbers(
    in extra: UnsafeRawBufferPointer, _ size: Int, _ start: Int
  ) throws -> (size: Int, start: Int) {
    let fields = try ZipFields(extra)
    var values = fields.zip64[...]
    let wideSize = size == 0xFFFF_FFFF ? values.popFirst() : size
    if size == 0xFFFF_FFFF { _ = values.popFirst() }
    let wideStart = start == 0xFFFF_FFFF ? values.popFirst() : start
    guard let wideSize, let wideStart else { throw Problem(words: "a zip64 size is missing") }
    return (wideSize, wideStart)
  }

  private func number32(_ position: Int) -> Int? { try? integer(position, 4) }

  private func integer(_ position: Int, _ width: Int) throws -> Int {
    try slice(position, width).littleEndianInteger()
  }

  private func slice(_ position: Int, _ count: Int) throws -> UnsafeRawBufferPointer {
    guard position >= 0, position <= bytes.count, count <= bytes.count - position else {
      throw Problem(words: "it is cut off")
    }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
  }
}

/// The extra fields of a zip entry.
struct ZipFields {
  /// The numbers of the zip64 field.
  private(set) var zip64: [Int] = []

  init(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while rest.count >= 4 {
      let kind = try UnsafeRawBufferPointer(rebasing: rest.prefix(2)).littleEndianInteger()
      let size = try UnsafeRawBufferPointer(rebasing: rest.dropFirst(2).prefix(2)).littleEndianInteger()
      let body = UnsafeRawBufferPointer(rebasing: rest.dropFirst(4).prefix(size))
      if kind == 1 {
        zip64 = try stride(from: 0, to: body.count - 7, by: 8).map {
          try UnsafeRawBufferPointer(rebasing: body[$0..<($0 + 8)]).littleEndianInteger()
        }
      }
      rest = rest.dropFirst(4 + size)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes as a little-endian number; at most 8 of them, and not over `Int.max`.
  func littleEndianInteger() throws -> Int {
    let number = reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let value = Int(exactly: number) else { throw ZipArchive.Problem(words: "a number is too large") }
    return value
  }
}
