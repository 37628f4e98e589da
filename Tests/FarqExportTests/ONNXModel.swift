import FarqTesting
import Foundation
import Testing

/// What a written ONNX file says, read without FarqExport's code.
struct ONNXModel {
  struct Node {
    let type: String
    let name: String
    let inputs: [String]
    let outputs: [String]
  }

  struct Initializer {
    let shape: [Int]
    let type: Int
    let bytes: [UInt8]
    /// `location`, `offset` and `length` of external data.
    let place: [String: String]
  }

  let irVersion: Int
  let operatorSet: Int
  let metadata: [String: String]
  let nodes: [Node]
  let initializers: [String: Initializer]
  /// Element type and sizes, or names of sizes.
  let inputs: [String: (type: Int, shape: [String])]
  let outputs: [String: (type: Int, shape: [String])]

  init(_ url: URL) throws {
    let bytes = try Data(contentsOf: url)
    let model = try #require(ProtobufReader(Array(bytes)))
    irVersion = try #require(model.integer(1))
    operatorSet = try #require(model.message(8)?.integer(2))
    metadata = try Self.entries(model, 14)
    let graph = try #require(model.message(7))
    nodes = try Self.messages(graph, 1).map { node in
      Node(
        type: try #require(node.string(4)), name: try #require(node.string(3)), inputs: Self.strings(node, 1),
        outputs: Self.strings(node, 2))
    }
    initializers = try Dictionary(
      Self.messages(graph, 5).map { tensor in
        let value = Initializer(
          shape: Self.integers(tensor, 1), type: try #require(tensor.integer(2)), bytes: tensor.bytes(9) ?? [],
          place: try Self.entries(tensor, 13))
        #expect((tensor.integer(14) == 1) == !value.place.isEmpty)
        return (try #require(tensor.string(8)), value)
      }, uniquingKeysWith: { first, _ in first })
    inputs = try Self.values(graph, 11)
    outputs = try Self.values(graph, 12)
  }

  private static func messages(_ reader: ProtobufReader, _ number: Int) throws -> [ProtobufReader] {
    try reader.fields.filter { $0.number == number }.map { field in
      guard case .bytes(let bytes) = field.value else { throw CocoaError(.coderInvalidValue) }
      return try #require(ProtobufReader(bytes))
    }
  }

  private static func strings(_ reader: ProtobufReader, _ number: Int) -> [String] {
    reader.fields.compactMap { field in
      if field.number == number, case .bytes(let bytes) = field.value {
        String(decoding: bytes, as: UTF8.self)
      } else {
        nil
      }
    }
  }

  private static func integers(_ reader: ProtobufReader, _ number: Int) -> [Int] {
    reader.fields.compactMap { field in
      if field.number == number, case .varint(let value) = field.value { Int(Int64(bitPattern: value)) } else { nil }
    }
  }

  private static func entries(_ reader: ProtobufReader, _ number: Int) throws -> [String: String] {
    try Dictionary(
      messages(reader, number).map { (try #require($0.string(1)), try #require($0.string(2))) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func values(_ graph: ProtobufReader, _ number: Int) throws -> [String: (type: Int, shape: [String])] {
    try Dictionary(
      messages(graph, number).map { value in
        let tensor = try #require(value.message(2)?.message(1))
        let sizes = try messages(#require(tensor.message(2)), 1)
          .map { $0.string(2) ?? $0.integer(1).map(String.init) ?? "?" }
        return (try #require(value.string(1)), (try #require(tensor.integer(1)), sizes))
      }, uniquingKeysWith: { first, _ in first })
  }
}
