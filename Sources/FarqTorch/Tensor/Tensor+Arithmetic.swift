import CTorch

extension Tensor {
  /// Sum, element by element, with broadcasting.
  public static func + (a: Tensor, b: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_add(a.handle, b.handle, $0) }
  }

  /// Difference, element by element, with broadcasting.
  public static func - (a: Tensor, b: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_subtract(a.handle, b.handle, $0) }
  }

  /// Product, element by element, with broadcasting.
  public static func * (a: Tensor, b: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_multiply(a.handle, b.handle, $0) }
  }

  /// Quotient, element by element, with broadcasting.
  public static func / (a: Tensor, b: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_divide(a.handle, b.handle, $0) }
  }

  /// Every element times `factor`.
  public static func * (a: Tensor, factor: Double) throws -> Tensor {
    try TorchCall.tensor { ctorch_affine(a.handle, factor, 0, $0) }
  }

  /// Every element plus `summand`.
  public static func + (a: Tensor, summand: Double) throws -> Tensor {
    try TorchCall.tensor { ctorch_affine(a.handle, 1, summand, $0) }
  }

  /// Matrix product over the last two dimensions, batched over those before.
  public func matmul(_ other: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_matmul(handle, other.handle, $0) }
  }

  /// The X of A X = `right`, this tensor being A [n, n], symmetric and positive definite; right [n, columns].
  ///
  /// - Throws: ``FarqError`` where A is not positive definite.
  public func solvedAsPositive(_ right: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_solve_positive(handle, right.handle, $0) }
  }

  /// eˣ, element by element.
  public func exp() throws -> Tensor {
    try TorchCall.tensor { ctorch_exp(handle, $0) }
  }

  /// The square root, element by element.
  public func squareRoot() throws -> Tensor {
    try TorchCall.tensor { ctorch_sqrt(handle, $0) }
  }

  /// The hyperbolic tangent, element by element.
  public func tanh() throws -> Tensor {
    try TorchCall.tensor { ctorch_tanh(handle, $0) }
  }

  /// 1 / (1 + e⁻ˣ), element by element.
  public func sigmoid() throws -> Tensor {
    try TorchCall.tensor { ctorch_sigmoid(handle, $0) }
  }

  /// Softmax over `dimension`.
  public func softmax(_ dimension: Int) throws -> Tensor {
    try TorchCall.tensor { ctorch_softmax(handle, Int64(dimension), $0) }
  }

  /// The logarithm of the softmax over `dimension`.
  public func logSoftmax(_ dimension: Int) throws -> Tensor {
    try TorchCall.tensor { ctorch_log_softmax(handle, Int64(dimension), $0) }
  }

  /// The sum over `dimensions`, all of them where none is named.
  public func sum(_ dimensions: [Int] = [], keepingDimensions: Bool = false) throws -> Tensor {
    let all = dimensions.isEmpty ? Array(0..<shape.count) : dimensions
    return try TorchCall.tensor {
      ctorch_sum(handle, Tensor.sizes(all), Int32(all.count), keepingDimensions, $0)
    }
  }

  /// The mean over `dimensions`, all of them where none is named.
  public func mean(_ dimensions: [Int] = [], keepingDimensions: Bool = false) throws -> Tensor {
    let all = dimensions.isEmpty ? Array(0..<shape.count) : dimensions
    return try TorchCall.tensor {
      ctorch_mean(handle, Tensor.sizes(all), Int32(all.count), keepingDimensions, $0)
    }
  }

  /// The index of the largest element along `dimension`.
  public func argmax(_ dimension: Int) throws -> Tensor {
    try TorchCall.tensor { ctorch_argmax(handle, Int64(dimension), $0) }
  }

  /// A copy in which the places where `mask` (bool, broadcast) is true hold `value`.
  public func filled(where mask: Tensor, with value: Double) throws -> Tensor {
    try TorchCall.tensor { ctorch_masked_fill(handle, mask.handle, value, $0) }
  }

  /// True where an element differs from `value`.
  public func differs(from value: Double) throws -> Tensor {
    try TorchCall.tensor { ctorch_not_equal_scalar(handle, value, $0) }
  }

  /// True where an element is greater than `other`'s, with broadcasting.
  public func greater(than other: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_greater(handle, other.handle, $0) }
  }
}
