package import FarqTorch

/// The sums from which a ridge regression Y ≈ X Wᵀ + b is solved, gathered batch by batch in double precision.
///
/// It starts from a layer that stands already and is drawn to it rather than to zero: minimal is
/// ‖Y − X Wᵀ − b‖² + k ‖W − W₀‖², with k = `ridge` · the mean square of X's columns · T. The bias is free.
/// The closed form is that of Hoerl and Kennard 1970 for Y − X W₀ᵀ − b₀.
package struct RidgeRegression {
  /// ZᵀZ, Z = [X 1], [in + 1, in + 1]
  private var moments: Tensor
  /// ZᵀY, [in + 1, out]
  private var products: Tensor
  /// ‖Y‖²
  private var squares = 0.0
  private let inputs: Int

  /// Makes empty sums for X [T, in] and Y [T, out].
  package init(inputs: Int, outputs: Int) throws {
    self.inputs = inputs
    moments = try .zeros([inputs + 1, inputs + 1], dtype: .float64)
    products = try .zeros([inputs + 1, outputs], dtype: .float64)
  }

  /// Adds rows: x [rows, in], y [rows, out].
  package mutating func add(_ x: Tensor, _ y: Tensor) throws {
    let rows = try Self.double(x)  // [rows, in]
    let design = try Tensor.concatenate([rows, .ones([rows.shape[0], 1], dtype: .float64)], 1)  // [rows, in + 1]
    let wanted = try Self.double(y)  // [rows, out]
    let across = try design.transposed(0, 1)  // [in + 1, rows]
    moments = try moments + across.matmul(design)
    products = try products + across.matmul(wanted)
    squares += try (wanted * wanted).sum().scalar()
  }

  /// The layer that fits best, in single precision, from `start` on: weight [out, in], bias [out].
  ///
  /// - Throws: ``FarqError`` where the sums hold no rows, or numbers that are not finite.
  package func solution(
    from start: (weight: Tensor, bias: Tensor), ridge: Double
  ) throws -> (weight: Tensor, bias: Tensor) {
    let first = try coefficients(start)  // [in + 1, out]
    let diagonal = try self.diagonal()  // [in + 1]
    let penalty = ridge * diagonal.dropLast().reduce(0, +) / Double(inputs)
    var identity = [Float](repeating: 0, count: (inputs + 1) * (inputs + 1))
    for column in 0..<inputs { identity[column * (inputs + 2)] = 1 }
    let penalties = try Tensor(identity, shape: [inputs + 1, inputs + 1]).to(.float64) * penalty
    let right = try products - moments.matmul(first)  // [in + 1, out]
    let solved = try first + (moments + penalties).solvedAsPositive(right)  // [in + 1, out]
    let weight = try solved.narrowed(0, 0..<inputs).transposed(0, 1).to(.float32).clone()  // [out, in]
    return (weight, try solved.selected(0, inputs).to(.float32))
  }

  /// ‖X Wᵀ + b − Y‖ / ‖Y‖ over all rows.
  package func error(of layer: (weight: Tensor, bias: Tensor)) throws -> Double {
    let chosen = try coefficients(layer)  // [in + 1, out]
    let ownSquares = try (chosen * moments.matmul(chosen)).sum().scalar()
    let shared = try (chosen * products).sum().scalar()
    return (max(0, ownSquares - 2 * shared + squares) / max(squares, .leastNormalMagnitude)).squareRoot()
  }

  /// [Wᵀ; b], [in + 1, out]
  private func coefficients(_ layer: (weight: Tensor, bias: Tensor)) throws -> Tensor {
    let weight = try Self.double(layer.weight).transposed(0, 1)  // [in, out]
    return try .concatenate([weight, Self.double(layer.bias).reshaped([1, -1])], 0)
  }

  private func diagonal() throws -> [Double] {
    let all = try moments.floats()
    return (0...inputs).map { Double(all[$0 * (inputs + 2)]) }
  }

  /// On the processor, since other devices have no double precision.
  private static func double(_ x: Tensor) throws -> Tensor {
    try x.detached().to(.cpu).to(.float64)
  }
}
