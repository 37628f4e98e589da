/// Where a model's tensors come from: a checkpoint's files, or a dictionary in memory.
public protocol WeightSource {
  /// The names of all tensors it has.
  var names: Set<String> { get }
  /// The sizes of the tensor `name`, nil where there is none; reads no elements.
  func shape(of name: String) -> [Int]?
  /// The tensor `name`, nil where there is none. Its elements may be read-only memory.
  func tensor(_ name: String) throws -> Tensor?
}
