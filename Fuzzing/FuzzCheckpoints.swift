import FarqCore

@testable import FarqTorch

/// Files of tensors: as bytes, and built from the fuzzer's bytes by their grammar, so that deep nesting and great sizes are
/// reached, which changed bytes alone hardly find.
enum FuzzCheckpoints {
  /// What is accepted has tensors that lie in the file, of sizes that can be.
  static func safetensors(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      guard let header = try? SafetensorsHeader(file: bytes) else { return }
      for entry in header.entries.values {
        precondition(entry.range.upperBound <= bytes.count - header.dataStart, "a tensor ends beyond the file")
        let size = CheckedSize.bytes(entry.shape, width: entry.dtype.byteCount)
        precondition(size == entry.range.count, "a tensor of another size")
      }
    }
  }

  static func pickle(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      var reader = PickleReader(bytes)
      guard let value = try? reader.value() else { return }
      withExtendedLifetime(reader) {
        if case .tuple(let tuple) = value { precondition(tuple.depth <= PickleReader.deepestTuple) }
      }
    }
  }

  private static let sizes: [Int] = [
    0, 1, 2, 3, 4, 7, 8, 16, 1 << 20, 1 << 31, 1 << 32, 1 << 61, 1 << 62, .max, .max - 1, 3_037_000_500,
  ]
  private static let types = ["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL", "F8_E4M3", ""]

  /// A safetensors file whose header has tensors of sizes, types and places that the bytes choose.
  static func header(from bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var choices = Choices(bytes)
    var members: [String] = []
    var place = 0
    while !choices.isEmpty, members.count < 64 {
      let shape = (0..<Int(choices.next() % 5)).map { _ in sizes[Int(choices.next()) % sizes.count] }
      let type = types[Int(choices.next()) % types.count]
      let claimed = CheckedSize.bytes(
        shape, width: [8, 4, 2, 2, 8, 4, 2, 1, 1, 1, 1, 1][types.firstIndex(of: type) ?? 0])
      let isHonest = choices.next() % 4 > 0
      let start = isHonest ? place : sizes[Int(choices.next()) % sizes.count]
      let size = isHonest ? claimed ?? 0 : sizes[Int(choices.next()) % sizes.count]
      let end = start.addingReportingOverflow(size).partialValue
      members.append(
        #""t\#(members.count % 60)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(start),\#(end)]}"#)
      if isHonest { place = place.addingReportingOverflow(size).partialValue }
    }
    let text = Array("{\(members.joined(separator: ","))}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return length + text + [UInt8](repeating: 0, count: min(max(0, place), 1 << 12))
  }

  /// A pickle whose operations the bytes choose, each as often as a further byte says, up to 2¹³ times.
  static func program(from bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let operations: [[UInt8]] = [
      Array("N".utf8), Array(")".utf8), [0x85], [0x86], [0x87], Array("(".utf8), Array("t".utf8), Array("]".utf8),
      Array("}".utf8), Array("a".utf8), Array("e".utf8), Array("s".utf8), Array("u".utf8), [UInt8(ascii: "q"), 0],
      [UInt8(ascii: "h"), 0], [UInt8(ascii: "q"), 1], [UInt8(ascii: "h"), 1], [UInt8(ascii: "K"), 3],
      [0x8A, 8, 255, 255, 255, 255, 255, 255, 255, 127], [UInt8(ascii: "J"), 255, 255, 255, 255],
      Array("X".utf8) + [7, 0, 0, 0] + Array("storage".utf8), Array("ctorch\nFloatStorage\n".utf8), Array("Q".utf8),
      Array("ctorch._utils\n_rebuild_tensor_v2\n".utf8), Array("R".utf8), Array("b".utf8), [0x94],
      Array("ccollections\nOrderedDict\n".utf8), Array("ctorch._utils\n_rebuild_parameter\n".utf8),
    ]
    var choices = Choices(bytes)
    var program: [UInt8] = [0x80, 2]
    while !choices.isEmpty, program.count < 1 << 17 {
      let operation = operations[Int(choices.next()) % operations.count]
      let exponent = choices.next() % 32  // mostly once
      for _ in 0..<(exponent < 14 ? 1 << exponent : 1) where program.count < 1 << 17 { program += operation }
    }
    return program + [UInt8(ascii: ".")]
  }

  /// Bytes as a row of choices; 0 when they are used up.
  private struct Choices {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isEmpty: Bool { position >= bytes.count }

    mutating func next() -> UInt8 {
      guard !isEmpty else { return 0 }
      defer { position += 1 }
      return bytes[position]
    }
  }
}
