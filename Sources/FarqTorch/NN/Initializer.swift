/// How a parameter that no checkpoint gives is drawn.
public enum Initializer: Sendable, Hashable {
  /// Every element is zero.
  case zeros
  /// Every element is one.
  case ones
  /// Every element is this number.
  case constant(Double)
  /// N(0, deviation²); BERT's is 0.02.
  case normal(deviation: Double)

  /// A tensor of `shape`; what is drawn depends on `seed` alone.
  func tensor(_ shape: [Int], seed: UInt64) throws -> Tensor {
    switch self {
    case .zeros: try .zeros(shape)
    case .ones: try .ones(shape)
    case .constant(let value): try .full(shape, value)
    case .normal(let deviation): try .normal(shape, deviation: deviation, seed: seed)
    }
  }
}
