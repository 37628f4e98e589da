import FarqCore
public import Foundation

/// Writes safetensors files, whole or not at all.
public enum SafetensorsWriter {
  /// Writes `tensors` to `url`, wide elements first and then by name, as the reference does: each is aligned so.
  ///
  /// - Parameter metadata: free text; transformers asks for `format: pt`.
  public static func write(
    _ tensors: [String: Tensor], metadata: [String: String] = ["format": "pt"], to url: URL
  ) throws {
    let ordered = tensors.map { (name: $0.key, tensor: $0.value) }.sorted {
      (-$0.tensor.dtype.byteCount, $0.name) < (-$1.tensor.dtype.byteCount, $1.name)
    }
    let header = try self.header(ordered, metadata: metadata)
    try AtomicFile.write(to: url) { file in
      var length = UInt64(header.count).littleEndian
      try file.write(contentsOf: Data(bytes: &length, count: 8))
      try file.write(contentsOf: header)
      for (_, tensor) in ordered { try file.write(contentsOf: Data(try tensor.bytes())) }
    }
  }

  /// The header's JSON, padded with spaces so that the tensors begin at a multiple of 8.
  private static func header(_ tensors: [(name: String, tensor: Tensor)], metadata: [String: String]) throws -> Data {
    var members = ["\"__metadata__\":\(try json(metadata))"]
    var offset = 0
    for (name, tensor) in tensors {
      let end = offset + tensor.count * tensor.dtype.byteCount
      let type = SafetensorsDType.name(of: tensor.dtype)
      members.append(
        "\(try json(name)):{\"dtype\":\"\(type)\",\"shape\":\(try json(tensor.shape)),\"data_offsets\":[\(offset),\(end)]}"
      )
      offset = end
    }
    var text = Data("{\(members.joined(separator: ","))}".utf8)
    text.append(contentsOf: [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8))
    return text
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
