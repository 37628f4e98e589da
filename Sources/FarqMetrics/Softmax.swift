/// Softmax in single precision, step by step as PyTorch computes it on a CPU, so that scores that are equal there are equal
/// here: for a sure model thousands of probabilities differ by one rounding, and ties decide areas under curves.
enum Softmax {
  /// Replaces every row of `scores` [N × C] by its softmax.
  static func apply(_ scores: inout [Float], classCount: Int) {
    guard classCount > 0 else { return }
    scores.withUnsafeMutableBufferPointer { pointer in
      var start = 0
      while start + classCount <= pointer.count {
        row(UnsafeMutableBufferPointer(rebasing: pointer[start..<start + classCount]))
        start += classCount
      }
    }
  }

  private static func row(_ row: UnsafeMutableBufferPointer<Float>) {
    var highest = row[0]
    for value in row where value > highest || value.isNaN { highest = value }
    var sum: Float = 0
    for index in row.indices {
      row[index] = exponential(row[index] - highest)
      sum += row[index]
    }
    let scale = 1 / sum
    for index in row.indices { row[index] *= scale }
  }

  /// e^x for x ≤ 0 as in SLEEF's `expf_u10`, which PyTorch uses. Its fused multiply-adds are done in double precision,
  /// where the product is exact.
  private static func exponential(_ x: Float) -> Float {
    if x.isNaN { return x }
    if x < -104 { return 0 }
    let quotient = (x * 1.442695040888963407).rounded(.toNearestOrEven)
    var reduced = fused(quotient, -0.693145751953125, x)
    reduced = fused(quotient, -1.428606765330187045e-06, reduced)
    var series: Float = 0.000198527617612853646278381
    series = fused(series, reduced, 0.00139304355252534151077271)
    series = fused(series, reduced, 0.00833336077630519866943359)
    series = fused(series, reduced, 0.0416664853692054748535156)
    series = fused(series, reduced, 0.166666671633720397949219)
    series = fused(series, reduced, 0.5)
    series = 1 + fused(reduced * reduced, series, reduced)
    let exponent = Int32(quotient)
    return series * power(exponent >> 1) * power(exponent - exponent >> 1)
  }

  private static func fused(_ a: Float, _ b: Float, _ c: Float) -> Float {
    Float(Double(a) * Double(b) + Double(c))
  }

  /// 2 to the `exponent`, which is small enough to be a normal number.
  private static func power(_ exponent: Int32) -> Float {
    Float(bitPattern: UInt32(bitPattern: (exponent + 127) << 23))
  }
}
