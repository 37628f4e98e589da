/// What BERT's layers are made of, in ONNX's operators; named as in FarqTorch.
extension OperatorGraph {
  /// x Wᵀ + b of the parameters `name.weight` [out, in] and `name.bias`: [T, in] → [T, out]
  mutating func linear(_ x: Value, _ name: String, output: Value? = nil) -> Value {
    add(
      "Gemm", [x, parameter("\(name).weight"), parameter("\(name).bias")], [("transB", .integer(1))], output: output)
  }

  /// […, D] → […, D], normed over the last dimension
  mutating func layerNorm(_ x: Value, _ name: String, epsilon: Double) -> Value {
    add(
      "LayerNormalization", [x, parameter("\(name).weight"), parameter("\(name).bias")],
      [("axis", .integer(-1)), ("epsilon", .number(epsilon))])
  }

  /// x / √(mean(x²) + ε) · γ over the last dimension: […, w] → […, w]
  mutating func rootMeanSquareNorm(_ x: Value, weight: String, epsilon: Double) -> Value {
    let mean = add(
      "ReduceMean", [multiply(x, x)], [("axes", .integers([-1])), ("keepdims", .integer(1))])  // […, 1]
    let size = add("Sqrt", [sum(mean, number(epsilon))])
    return multiply(add("Div", [x, size]), parameter(weight))
  }

  /// GELU by the error function: any shape → the same
  mutating func gelu(_ x: Value) -> Value {
    let error = add("Erf", [add("Div", [x, number(2.0.squareRoot())])])
    return multiply(multiply(x, sum(error, number(1))), number(0.5))
  }

  /// GELU by tanh: x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))
  mutating func geluByTanh(_ x: Value) -> Value {
    let cube = multiply(multiply(multiply(x, x), x), number(0.044715))
    let inner = multiply(sum(x, cube), number((2 / Double.pi).squareRoot()))
    return multiply(multiply(x, sum(add("Tanh", [inner]), number(1))), number(0.5))
  }

  /// a + b, shapes broadcast.
  mutating func sum(_ a: Value, _ b: Value) -> Value { add("Add", [a, b]) }

  /// a − b, shapes broadcast.
  mutating func difference(_ a: Value, _ b: Value) -> Value { add("Sub", [a, b]) }

  /// a · b element by element, shapes broadcast.
  mutating func multiply(_ a: Value, _ b: Value) -> Value { add("Mul", [a, b]) }

  /// The matrix product of the last two dimensions, the others broadcast.
  mutating func product(_ a: Value, _ b: Value) -> Value { add("MatMul", [a, b]) }

  /// The same elements in another shape, whole numbers [n].
  mutating func reshaped(_ x: Value, to shape: Value) -> Value { add("Reshape", [x, shape]) }

  /// Dimensions in another order.
  mutating func transposed(_ x: Value, _ order: [Int]) -> Value {
    add("Transpose", [x], [("perm", .integers(order))])
  }

  /// `range` of the dimension `axis`.
  mutating func narrowed(_ x: Value, _ axis: Int, _ range: Range<Int>) -> Value {
    add("Slice", [x, integers([range.lowerBound]), integers([range.upperBound]), integers([axis])])
  }

  /// The slice `index` of the dimension `axis`, which goes away.
  mutating func selected(_ x: Value, _ axis: Int, _ index: Int) -> Value {
    add("Gather", [x, integer(index)], [("axis", .integer(axis))])
  }
}
