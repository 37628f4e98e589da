/// The element types of `TensorProto.DataType` that the graph has.
enum ONNXType: Int64 {
  /// fp32
  case float = 1
  /// int64
  case integer = 7
}
