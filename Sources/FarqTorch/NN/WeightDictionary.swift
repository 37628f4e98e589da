/// Tensors by name, in memory.
public struct WeightDictionary: WeightSource {
  /// The tensors.
  public var tensors: [String: Tensor]

  /// Makes a source of `tensors`.
  public init(_ tensors: [String: Tensor] = [:]) {
    self.tensors = tensors
  }

  /// Every tensor of `source`, named as there.
  public init(reading source: any WeightSource) throws {
    tensors = [:]
    for name in source.names { tensors[name] = try source.tensor(name) }
  }

  /// The names of all tensors.
  public var names: Set<String> { Set(tensors.keys) }

  /// The sizes of the tensor `name`.
  public func shape(of name: String) -> [Int]? { tensors[name]?.shape }

  /// The tensor `name`.
  public func tensor(_ name: String) -> Tensor? { tensors[name] }
}
