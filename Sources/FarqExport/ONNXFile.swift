import FarqCore
import FarqTorch
import Foundation

/// Writes a graph and its weights as an ONNX model: a message `ModelProto` of onnx.proto (IR version 8, opset 17).
///
/// Weights go to the file one tensor at a time. A message of Protocol Buffers holds 2 GiB at most; weights beyond go to a
/// file of their own beside the model's, as ONNX's external data.
struct ONNXFile {
  /// The operators.
  let graph: OperatorGraph
  /// The checkpoint's tensors by the names that the graph uses.
  let parameters: ParameterStore
  /// Free text by name, `metadata_props`.
  let metadata: [(key: String, value: String)]
  /// The classifier's labels.
  let labelCount: Int
  /// The largest model that is written as one file, in bytes.
  var largestMessage = Int(Int32.max)

  private static let irVersion: Int64 = 8
  private static let operatorSet: Int64 = 17
  /// Where external tensors begin: a page, so that they can be mapped.
  private static let page = 4096

  /// Writes the model to `url`, whole or not at all.
  ///
  /// - Returns: the files that were written.
  func write(to url: URL) throws -> [URL] {
    let tensors = try graph.parameters.map { name in
      guard let tensor = parameters[name], tensor.dtype == .float32 else {
        throw FarqError(.fault, "the graph reads \(name), which the model does not have in fp32")
      }
      return (name: name, tensor: tensor)
    }
    let byteCount = tensors.reduce(0) { $0 + $1.tensor.count * 4 + $1.name.utf8.count + 64 }
    guard byteCount + graph.nodes.reduce(0, { $0 + $1.bytes.count }) > largestMessage else {
      try writeMessage(to: url, tensors.map { (Self.header($0.name, $0.tensor), $0.tensor) })
      return [url]
    }
    let data = url.appendingPathExtension("data")
    let offsets = try writeData(tensors.map(\.tensor), to: data)
    try writeMessage(
      to: url,
      zip(tensors, offsets).map { entry, offset in
        var header = Self.header(entry.name, entry.tensor)
        let place = [
          ("location", data.lastPathComponent), ("offset", "\(offset)"), ("length", "\(entry.tensor.count * 4)"),
        ]
        for pair in place { header.add(13) { Self.write(pair, to: &$0) } }
        header.add(14, integer: 1)
        return (header, nil)
      })
    return [url, data]
  }

  /// The model's message; a tensor that is given follows its header as `raw_data`.
  private func writeMessage(to url: URL, _ weights: [(header: ProtobufWriter, tensor: Tensor?)]) throws {
    let head = self.head
    let messages = weights.map { header, tensor in
      var message = header
      let count = tensor.map { $0.count * 4 } ?? 0
      if tensor != nil { message.begin(9, count: count) }
      var start = ProtobufWriter()
      start.begin(5, count: message.bytes.count + count)
      return (start: start.bytes + message.bytes, count: count, tensor: tensor)
    }
    var model = self.model
    model.begin(7, count: messages.reduce(head.count) { $0 + $1.start.count + $1.count })
    try AtomicFile.write(to: url) { file in
      try file.write(contentsOf: model.bytes + head)
      for message in messages {
        try file.write(contentsOf: message.start)
        if let tensor = message.tensor { try file.write(contentsOf: tensor.bytes()) }
      }
    }
  }

  /// Writes the elements of all tensors, one behind the other.
  ///
  /// - Returns: where each begins.
  private func writeData(_ tensors: [Tensor], to url: URL) throws -> [Int] {
    var offsets: [Int] = []
    try AtomicFile.write(to: url) { file in
      var end = 0
      for tensor in tensors {
        let gap = (Self.page - end % Self.page) % Self.page
        try file.write(contentsOf: [UInt8](repeating: 0, count: gap))
        try file.write(contentsOf: tensor.bytes())
        offsets.append(end + gap)
        end += gap + tensor.count * 4
      }
    }
    return offsets
  }

  /// The model without its graph, which comes last, since its size is known only with the weights'.
  private var model: ProtobufWriter {
    var model = ProtobufWriter()
    model.add(1, integer: Self.irVersion)
    model.add(2, string: "farq")
    model.add(3, string: FarqVersion.current)
    model.add(8) { set in
      set.add(1, string: "")
      set.add(2, integer: Self.operatorSet)
    }
    for entry in metadata { model.add(14) { Self.write((entry.key, entry.value), to: &$0) } }
    return model
  }

  /// The graph without its weights.
  private var head: [UInt8] {
    var message = ProtobufWriter()
    for node in graph.nodes { message.add(1, bytes: node.bytes) }
    message.add(2, string: "farq")
    for constant in graph.constants { message.add(5, bytes: constant.bytes) }
    for input in ClassifierGraph.inputs {
      message.add(11) { Self.write(input, .integer, [.named("batch"), .named("length")], to: &$0) }
    }
    message.add(12) { Self.write(ClassifierGraph.output, .float, [.named("batch"), .fixed(labelCount)], to: &$0) }
    return message.bytes
  }

  private enum Dimension {
    case named(String)
    case fixed(Int)
  }

  /// A message `ValueInfoProto`.
  private static func write(
    _ name: String, _ type: ONNXType, _ shape: [Dimension], to message: inout ProtobufWriter
  ) {
    message.add(1, string: name)
    message.add(2) { outer in
      outer.add(1) { tensor in
        tensor.add(1, integer: type.rawValue)
        tensor.add(2) { sizes in
          for dimension in shape {
            sizes.add(1) { size in
              switch dimension {
              case .fixed(let count): size.add(1, integer: Int64(count))
              case .named(let name): size.add(2, string: name)
              }
            }
          }
        }
      }
    }
  }

  /// A message `StringStringEntryProto`.
  private static func write(_ entry: (String, String), to message: inout ProtobufWriter) {
    message.add(1, string: entry.0)
    message.add(2, string: entry.1)
  }

  /// A message `TensorProto` without its elements.
  private static func header(_ name: String, _ tensor: Tensor) -> ProtobufWriter {
    var header = ProtobufWriter()
    for size in tensor.shape { header.add(1, integer: Int64(size)) }
    header.add(2, integer: ONNXType.float.rawValue)
    header.add(8, string: name)
    return header
  }
}
