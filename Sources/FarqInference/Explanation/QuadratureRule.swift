/// Points and weights for an integral over 0…1: Gauss and Legendre's rule of eight points in each of several equal
/// parts (Abramowitz and Stegun 1964, table 25.4).
struct QuadratureRule {
  /// Where the function is looked at, and what each value weighs; the weights add up to 1.
  let points: [(place: Double, weight: Double)]

  init(parts: Int) {
    let half = 0.5 / Double(parts)
    points = (0..<parts).flatMap { part in
      let middle = Double(2 * part + 1) * half
      return Self.halves.flatMap { node, weight in
        [(place: middle - node * half, weight: weight * half), (place: middle + node * half, weight: weight * half)]
      }
    }
  }

  /// Positive nodes on −1…1 and their weights.
  private static let halves: [(Double, Double)] = [
    (0.183434642495649805, 0.362683783378361983), (0.525532409916328986, 0.313706645877887287),
    (0.796666477413626740, 0.222381034453374471), (0.960289856497536232, 0.101228536290376259),
  ]
}
