import FarqMetrics

/// Compares values with those of TorchMetrics.
enum ValueComparison {
  /// The first difference, nil where all numbers agree within `tolerance` (relative above 1) and NaN stands where NaN does.
  static func difference(_ value: MetricValue, _ expected: MetricValue, tolerance: Double = 1e-6) -> String? {
    switch (value, expected) {
    case (.list(let left), .list(let right)):
      guard left.count == right.count else { return "\(left.count) elements, expected \(right.count)" }
      for (index, pair) in zip(left, right).enumerated() {
        if let found = difference(pair.0, pair.1, tolerance: tolerance) { return "[\(index)] \(found)" }
      }
      return nil
    case (.list(let values), _) where values.count == 1:
      // TorchMetrics makes a number of every tensor with one element.
      return difference(values[0], expected, tolerance: tolerance)
    case (_, .text(let sign)):
      return value.number == (sign == "inf" ? Double.infinity : -.infinity) ? nil : "\(value), expected \(sign)"
    default:
      guard let left = value.number, let right = expected.number else { return "\(value), expected \(expected)" }
      if left == right || (left.isNaN && right.isNaN) { return nil }
      return abs(left - right) <= tolerance * max(1, abs(right)) ? nil : "\(left), expected \(right)"
    }
  }

  /// Objects as TorchMetrics gives them: tuples. A list of curves becomes a tuple of lists; of curves at fixed thresholds,
  /// which all classes share, the thresholds stand once.
  static func tuple(_ value: MetricValue, sharedThresholds: Bool) -> MetricValue {
    if case .object(let fields) = value { return .list(fields.map(\.value)) }
    guard let curves = value.elements, case .object(let first)? = curves.first else { return value }
    return .list(
      first.map { field in
        let all = curves.compactMap { $0[field.name] }
        return field.name == "thresholds" && sharedThresholds ? all[0] : .list(all)
      })
  }
}
