import Foundation

/// Student's t distribution, for intervals of a mean over few seeds.
enum StudentT {
  /// The value below which t lies with `probability` (above ½).
  static func quantile(_ probability: Double, degrees: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    while cumulative(high, degrees: degrees) < probability && high < 1e300 { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if cumulative(middle, degrees: degrees) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// P(T ≤ t) for t ≥ 0: 1 − I_x(ν/2, ½)/2 with x = ν/(ν + t²).
  static func cumulative(_ t: Double, degrees: Int) -> Double { cumulative(t, degrees: Double(degrees)) }

  /// The same for degrees that are no whole number; infinitely many make it the normal distribution.
  static func cumulative(_ t: Double, degrees: Double) -> Double {
    guard degrees.isFinite else { return 1 - erfc(t / 2.0.squareRoot()) / 2 }
    return 1 - incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
  }

  /// The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz).
  private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let logFactor: Double = lgamma(a + b) - lgamma(a) - lgamma(b)
    let front = exp(logFactor + a * log(x) + b * log1p(-x)) / a
    let smallest = 1e-300
    var (c, d) = (1.0, 1 - (a + b) * x / (a + 1))
    d = 1 / (abs(d) < smallest ? smallest : d)
    var fraction = d
    for step in 1...500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      var change = 1.0
      for term in [even, odd] {
        d = 1 + term * d
        d = 1 / (abs(d) < smallest ? smallest : d)
        c = 1 + term / c
        if abs(c) < smallest { c = smallest }
        change = d * c
        fraction *= change
      }
      if abs(change - 1) < 1e-15 { break }
    }
    return front * fraction
  }
}
