import FarqCore
import Foundation

/// A safetensors header, checked as the reference implementation checks it (`safetensors/src/tensor.rs`).
struct SafetensorsHeader {
  /// The largest header that is read, in bytes.
  static let maximumByteCount = 100_000_000

  /// The tensors by name.
  private(set) var entries: [String: SafetensorsEntry] = [:]
  /// The free text of `__metadata__`.
  private(set) var metadata: [String: String] = [:]
  /// Where the tensors' bytes begin in the file.
  let dataStart: Int

  /// Reads and checks the header of a whole file.
  init(file bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count >= 8 else { throw HeaderScanner.Problem(words: "it is shorter than 8 bytes") }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(Self.maximumByteCount) else {
      throw HeaderScanner.Problem(
        words: "its header claims \(length) bytes, over the limit of \(Self.maximumByteCount)")
    }
    guard Int(length) <= bytes.count - 8 else {
      throw HeaderScanner.Problem(words: "its header claims \(length) bytes, the file has \(bytes.count - 8)")
    }
    dataStart = 8 + Int(length)
    let text = UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart])
    guard String(validating: text, as: UTF8.self) != nil else {
      throw HeaderScanner.Problem(words: "its header is not UTF-8")
    }
    guard text.first == UInt8(ascii: "{") else {
      throw HeaderScanner.Problem(words: "its header does not begin with {")
    }
    try parse(text)
    try checkRanges(dataCount: bytes.count - dataStart)
  }

  private mutating func parse(_ text: UnsafeRawBufferPointer) throws {
    var scanner = HeaderScanner(text)
    var entries: [String: SafetensorsEntry] = [:]
    var metadata: [String: String] = [:]
    try scanner.object { name, scanner in
      if name == "__metadata__" {
        try scanner.object { key, scanner in metadata[key] = try scanner.string() }
      } else {
        entries[name] = try Self.entry(name, &scanner)
      }
    }
    try scanner.end()
    (self.entries, self.metadata) = (entries, metadata)
  }

  private static func entry(_ name: String, _ scanner: inout HeaderScanner) throws -> SafetensorsEntry {
    var dtype: String?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { key, scanner in
      switch key {
      case "dtype": dtype = try scanner.string()
      case "shape": shape = try scanner.integers()
      case "data_offsets": offsets = try scanner.integers()
      default: throw HeaderScanner.Problem(words: "tensor \(name) has an unknown key '\(key)'")
      }
    }
    guard let dtype, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw HeaderScanner.Problem(words: "tensor \(name) lacks a valid dtype, shape or data_offsets")
    }
    guard let type = SafetensorsDType.dtype(named: dtype) else {
      throw HeaderScanner.Problem(words: "tensor \(name) has the unsupported type \(dtype)")
    }
    try checkSize(name, shape: shape, type: type, byteCount: offsets[1] - offsets[0])
    return SafetensorsEntry(dtype: type, shape: shape, range: offsets[0]..<offsets[1])
  }

  private static func checkSize(_ name: String, shape: [Int], type: DType, byteCount: Int) throws {
    guard let expected = CheckedSize.bytes(shape, width: type.byteCount) else {
      throw HeaderScanner.Problem(words: "the size of tensor \(name) overflows")
    }
    guard expected == byteCount else {
      throw HeaderScanner.Problem(words: "tensor \(name) of shape \(shape) takes \(expected) bytes, not \(byteCount)")
    }
  }

  /// The tensors lie one after the other, without holes or overlap, to the end of the file.
  private func checkRanges(dataCount: Int) throws {
    var end = 0
    for (name, entry) in entries.sorted(by: {
      ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
        < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
    }) {
      guard entry.range.lowerBound == end else {
        throw HeaderScanner.Problem(words: "tensor \(name) begins at byte \(entry.range.lowerBound), not at \(end)")
      }
      end = entry.range.upperBound
    }
    guard end == dataCount else {
      throw HeaderScanner.Problem(words: "its tensors take \(end) bytes, the file has \(dataCount)")
    }
  }
}
