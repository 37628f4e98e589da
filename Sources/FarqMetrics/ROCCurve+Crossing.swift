extension ROCCurve {
  /// Between which false positive rates the false positive rate overtakes the false negative rate; 0…1 where it never does.
  /// The mean of several classes' curves does so between the least and the greatest of theirs.
  var crossing: ClosedRange<Float> {
    let overtaken = falsePositiveRates.indices.first { falsePositiveRates[$0] >= 1 - truePositiveRates[$0] }
    guard let overtaken else { return 0...1 }
    return falsePositiveRates[max(0, overtaken - 1)]...falsePositiveRates[overtaken]
  }

  /// The points in `window`, and those on both sides that interpolating in it needs.
  func points(in window: ClosedRange<Float>) -> (x: [Float], y: [Float]) {
    let first = max(0, CurveSearch.countBelow(falsePositiveRates, window.lowerBound) - 2)
    let last = min(falsePositiveRates.count, CurveSearch.countAtMost(falsePositiveRates, window.upperBound) + 2)
    return (Array(falsePositiveRates[first..<last]), Array(truePositiveRates[first..<last]))
  }
}
