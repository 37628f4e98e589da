/// What a safetensors header says of one tensor.
public struct SafetensorsEntry: Sendable, Equatable {
  /// The type of the elements.
  public let dtype: DType
  /// The sizes of the dimensions.
  public let shape: [Int]
  /// The tensor's bytes, counted from the end of the header.
  public let range: Range<Int>
}
