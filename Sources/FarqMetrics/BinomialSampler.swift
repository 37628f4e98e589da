import Foundation

/// Draws from a binomial distribution with a given generator of random bits.
enum BinomialSampler {
  /// How many of `trials` succeed, each with `probability`.
  ///
  /// Few expected successes by inversion, many by transformed rejection (BTRS, Hörmann 1993).
  static func draw(trials: Int, probability: Double, using generator: inout some RandomNumberGenerator) -> Int {
    guard trials > 0, probability > 0 else { return 0 }
    guard probability < 1 else { return trials }
    if probability > 0.5 {
      return trials - draw(trials: trials, probability: 1 - probability, using: &generator)
    }
    return Double(trials) * probability < 10
      ? invert(trials, probability, &generator) : reject(trials, probability, &generator)
  }

  /// A number in [0, 1) with 53 random bits.
  static func uniform(_ generator: inout some RandomNumberGenerator) -> Double {
    Double(generator.next() >> 11) * 0x1p-53
  }

  private static func invert(_ trials: Int, _ probability: Double, _ generator: inout some RandomNumberGenerator) -> Int
  {
    let odds = probability / (1 - probability)
    let start = exp(Double(trials) * log1p(-probability))
    var remaining = uniform(&generator)
    var term = start
    var successes = 0
    while remaining > term && successes < trials {
      remaining -= term
      successes += 1
      term *= odds * Double(trials - successes + 1) / Double(successes)
    }
    return successes
  }

  private static func reject(_ trials: Int, _ probability: Double, _ generator: inout some RandomNumberGenerator) -> Int
  {
    let n = Double(trials)
    let odds = probability / (1 - probability)
    let spread = (n * probability * (1 - probability)).squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * probability
    let center = n * probability + 0.5
    let squeeze = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * spread
    let mode = ((n + 1) * probability).rounded(.down)
    while true {
      let u = uniform(&generator) - 0.5
      let v = uniform(&generator)
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + center).rounded(.down)
      guard k >= 0, k <= n else { continue }
      if us >= 0.07 && v <= squeeze { return Int(k) }
      let atMode: Double = (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1))) + tail(mode) + tail(n - mode)
      let between: Double = (n + 1) * log((n - mode + 1) / (n - k + 1))
      let atDraw: Double = (k + 0.5) * log(odds * (n - k + 1) / (k + 1)) - tail(k) - tail(n - k)
      if log(v * alpha / (a / (us * us) + b)) <= atMode + between + atDraw { return Int(k) }
    }
  }

  /// What Stirling's formula misses of ln k!.
  private static func tail(_ k: Double) -> Double {
    let table = [
      0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.0207906721037650, 0.0166446911898211,
      0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
    ]
    if k < 10 { return table[Int(k)] }
    let next = k + 1
    let square = next * next
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / next
  }
}
