/// A place in the tree of parameter names: `scope / "attention" / "self"` is the prefix `attention.self.`.
public struct ParameterScope {
  /// The store behind it.
  public let store: ParameterStore
  /// The prefix, without its closing dot.
  public let path: String

  /// The scope `name` below this one.
  public static func / (scope: ParameterScope, name: String) -> ParameterScope {
    ParameterScope(store: scope.store, path: scope.name(name))
  }

  /// The scope of the layer `index` below this one.
  public static func / (scope: ParameterScope, index: Int) -> ParameterScope {
    scope / String(index)
  }

  /// The parameter `name` in this scope.
  public func parameter(_ name: String, shape: [Int], _ initializer: Initializer) throws -> Tensor {
    try store.parameter(self.name(name), shape: shape, initializer: initializer)
  }

  private func name(_ last: String) -> String {
    path.isEmpty ? last : "\(path).\(last)"
  }
}
