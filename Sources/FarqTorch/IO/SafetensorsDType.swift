/// The names of element types in safetensors files.
enum SafetensorsDType {
  private static let names: [(String, DType)] = [
    ("F64", .float64), ("F32", .float32), ("F16", .float16), ("BF16", .bfloat16), ("I64", .int64), ("I32", .int32),
    ("I16", .int16), ("I8", .int8), ("U8", .uint8), ("BOOL", .bool),
  ]

  static func dtype(named name: String) -> DType? {
    names.first { $0.0 == name }?.1
  }

  static func name(of dtype: DType) -> String {
    names.first { $0.1 == dtype }?.0 ?? "F32"
  }
}
