/// Small searches in single-precision arrays.
enum CurveSearch {
  /// How many of the rising `values` are at most `x`.
  static func countAtMost(_ values: [Float], _ x: Float) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many of the rising `values` are below `x`.
  static func countBelow(_ values: [Float], _ x: Float) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The order of `torch.sort`: rising, NaN last.
  static func rises(_ a: Float, _ b: Float) -> Bool {
    a.isNaN ? false : b.isNaN || a < b
  }

  /// `values` sorted as `torch.sort` does; nothing is moved where they rise already.
  static func sorted(_ values: [Float]) -> [Float] {
    for index in values.indices.dropFirst() where !(values[index - 1] <= values[index]) {
      return values.sorted(by: rises)
    }
    return values
  }

  /// The area under a curve by the trapezoidal rule.
  static func area(_ x: ArraySlice<Float>, _ y: ArraySlice<Float>) -> Double {
    var sum = 0.0
    for index in x.indices.dropFirst() {
      sum += (Double(x[index]) - Double(x[index - 1])) * (Double(y[index]) + Double(y[index - 1]))
    }
    return sum / 2
  }
}
