import FarqTorch

/// Rows of length 1 at right angles to each other: a basis of a few directions in a large space.
struct OrthonormalRows {
  let count: Int
  let width: Int
  /// [count, width]
  let values: [Float]

  /// Rows that span what `rows` [count, width] span (Gram and Schmidt, the modified form); a row that adds nothing
  /// becomes 0.
  init(_ rows: (values: [Float], count: Int, width: Int)) {
    (count, width) = (rows.count, rows.width)
    var values = rows.values
    values.withUnsafeMutableBufferPointer { all in
      for row in 0..<rows.count {
        let own = UnsafeMutableBufferPointer(rebasing: all[row * rows.width..<(row + 1) * rows.width])
        let before = Self.norm(own)
        // Twice is enough (Kahan): the second time takes away what rounding left.
        for earlier in [Int](0..<row) + [Int](0..<row) {
          let other = UnsafeMutableBufferPointer(rebasing: all[earlier * rows.width..<(earlier + 1) * rows.width])
          let share = Self.dot(own, other)
          for place in own.indices { own[place] -= share * other[place] }
        }
        let after = Self.norm(own)
        let factor = after > 1e-5 * before ? 1 / after : 0
        for place in own.indices { own[place] *= factor }
      }
    }
    self.values = values
  }

  /// `count` directions drawn at random.
  init(random count: Int, width: Int, seed: UInt64) throws {
    self.init((try Tensor.normal([count, width], seed: seed).floats(), count, width))
  }

  /// Sums of the rows by factors [n, count]: [n, width]
  func combinations(_ factors: [Float]) throws -> [Float] {
    let factors = try Tensor(factors, shape: [factors.count / max(1, count), count])
    return try factors.matmul(Tensor(values, shape: [count, width])).floats()
  }

  /// What each of `width` places gives to the `count` directions, [width, count].
  func transposed() throws -> [Float] { try Tensor(values, shape: [count, width]).transposed(0, 1).floats() }

  private static func norm(_ row: UnsafeMutableBufferPointer<Float>) -> Float { dot(row, row).squareRoot() }

  /// In eight partial sums, which the processor adds side by side.
  private static func dot(_ a: UnsafeMutableBufferPointer<Float>, _ b: UnsafeMutableBufferPointer<Float>) -> Float {
    var sums = SIMD8<Float>()
    let whole = a.count / 8 * 8
    for place in stride(from: 0, to: whole, by: 8) {
      for lane in 0..<8 { sums[lane] += a[place + lane] * b[place + lane] }
    }
    var sum = sums.sum()
    for place in whole..<a.count { sum += a[place] * b[place] }
    return sum
  }
}
