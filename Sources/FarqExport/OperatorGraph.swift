import FarqCore

/// A graph of ONNX operators (opset 17), built node by node: `GraphProto` of onnx.proto without its weights.
///
/// Values go by their names. Parameters go by their checkpoint names and are written by ``ONNXFile``; constants, which
/// are small, stand in the graph.
struct OperatorGraph {
  /// The name of what a node gives, of an input, a parameter or a constant.
  typealias Value = String

  /// An attribute of a node.
  enum Attribute {
    /// A whole number.
    case integer(Int)
    /// Whole numbers.
    case integers([Int])
    /// A number.
    case number(Double)
  }

  /// A node: what it reads, what it gives, and its message `NodeProto`.
  struct Node {
    let inputs: [Value]
    let output: Value
    let bytes: [UInt8]
  }

  /// The nodes, each after those that it reads.
  private(set) var nodes: [Node] = []
  /// The constants, messages `TensorProto`.
  private(set) var constants: [(name: Value, bytes: [UInt8])] = []
  /// The checkpoint's tensors that nodes read, in the order of their first use.
  private(set) var parameters: [String] = []
  private var known: Set<String> = []
  private var scope: [String] = []
  private var counts: [String: Int] = [:]
  private var shapes: [String: Value] = [:]

  /// Adds an operator.
  ///
  /// - Parameters:
  ///   - type: the operator's name in ONNX.
  ///   - output: the name of what it gives; nil makes one of the scope.
  mutating func add(
    _ type: String, _ inputs: [Value], _ attributes: [(String, Attribute)] = [], output: Value? = nil
  ) -> Value {
    let name = unique((scope + [type]).joined(separator: "/"))
    var node = ProtobufWriter()
    for input in inputs { node.add(1, string: input) }
    node.add(2, string: output ?? name)
    node.add(3, string: name)
    node.add(4, string: type)
    for (key, value) in attributes { node.add(5) { Self.write(key, value, to: &$0) } }
    nodes.append(Node(inputs: inputs, output: output ?? name, bytes: node.bytes))
    return output ?? name
  }

  /// A tensor of the checkpoint.
  mutating func parameter(_ name: String) -> Value {
    if known.insert(name).inserted { parameters.append(name) }
    return name
  }

  /// Whole numbers [n].
  mutating func integers(_ values: [Int]) -> Value {
    constant(
      "constants/\(values)", dimensions: [values.count], type: .integer, values.flatMap { Self.bytes(Int64($0)) })
  }

  /// A whole number, of shape [].
  mutating func integer(_ value: Int) -> Value {
    constant("constants/\(value)", dimensions: [], type: .integer, Self.bytes(Int64(value)))
  }

  /// A number, of shape [].
  mutating func number(_ value: Double) -> Value {
    let single = Float(value)
    return constant("constants/\(single)", dimensions: [], type: .float, Self.bytes(single.bitPattern))
  }

  /// The shape `rows` (whole numbers [2]: documents, and rows of each) followed by `sizes`, made once.
  mutating func shape(_ rows: Value, _ sizes: [Int]) -> Value {
    let key = "\(rows) \(sizes)"
    if let known = shapes[key] { return known }
    let outer = scope
    scope = ["shapes"]
    defer { scope = outer }
    let joined = add("Concat", [rows, integers(sizes)], [("axis", .integer(0))])
    shapes[key] = joined
    return joined
  }

  /// The graph without what `output` does not depend on.
  func pruned(to output: Value) -> OperatorGraph {
    var read: Set<Value> = [output]
    var graph = self
    graph.nodes = nodes.reversed().filter { node in
      guard read.contains(node.output) else { return false }
      read.formUnion(node.inputs)
      return true
    }.reversed()
    graph.constants = constants.filter { read.contains($0.name) }
    graph.parameters = parameters.filter(read.contains)
    return graph
  }

  /// Puts `name` before the names of the nodes that `body` adds.
  mutating func inScope<Result>(_ name: String, _ body: (inout OperatorGraph) throws -> Result) rethrows -> Result {
    scope.append(name)
    defer { scope.removeLast() }
    return try body(&self)
  }

  private mutating func constant(
    _ name: String, dimensions: [Int], type: ONNXType, _ bytes: [UInt8]
  ) -> Value {
    if known.insert(name).inserted {
      var tensor = ProtobufWriter()
      for size in dimensions { tensor.add(1, integer: Int64(size)) }
      tensor.add(2, integer: type.rawValue)
      tensor.add(8, string: name)
      tensor.add(9, bytes: bytes)
      constants.append((name, tensor.bytes))
    }
    return name
  }

  private mutating func unique(_ name: String) -> String {
    counts[name, default: 0] += 1
    let count = counts[name] ?? 1
    return count == 1 ? name : "\(name).\(count)"
  }

  /// A message `AttributeProto`.
  private static func write(_ key: String, _ attribute: Attribute, to message: inout ProtobufWriter) {
    message.add(1, string: key)
    switch attribute {
    case .number(let value):
      message.add(2, float: Float(value))
      message.add(20, integer: 1)
    case .integer(let value):
      message.add(3, integer: Int64(value))
      message.add(20, integer: 2)
    case .integers(let values):
      for value in values { message.add(8, integer: Int64(value)) }
      message.add(20, integer: 7)
    }
  }

  private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
