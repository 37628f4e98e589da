/// The type of a tensor's elements; raw values are libtorch's codes.
public enum DType: Int32, Sendable, Hashable {
  /// Unsigned 8-bit whole numbers.
  case uint8 = 0
  /// 8-bit whole numbers.
  case int8 = 1
  /// 16-bit whole numbers.
  case int16 = 2
  /// 32-bit whole numbers.
  case int32 = 3
  /// 64-bit whole numbers.
  case int64 = 4
  /// IEEE half precision.
  case float16 = 5
  /// IEEE single precision.
  case float32 = 6
  /// IEEE double precision.
  case float64 = 7
  /// Truth values, a byte each.
  case bool = 11
  /// The upper half of a single: 8 bits of exponent, 7 of fraction.
  case bfloat16 = 15

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .int16, .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// True for the types of weights.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .float32, .float64, .bfloat16: true
    default: false
    }
  }
}
