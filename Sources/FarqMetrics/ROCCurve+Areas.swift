import Foundation

extension ROCCurve {
  /// The area under the curve: 0 for a class without positives or without negatives, as in TorchMetrics.
  public var area: Double {
    CurveSearch.area(falsePositiveRates[...], truePositiveRates[...])
  }

  /// The equal error rate: the mean of false positive and false negative rate where they are nearest to each other.
  public var equalErrorRate: Double {
    var best: (gap: Float, rate: Float) = (.infinity, .nan)
    for (fpr, tpr) in zip(falsePositiveRates, truePositiveRates) {
      let gap = abs(fpr - (1 - tpr))
      if gap < best.gap { best = (gap, (fpr + (1 - tpr)) / 2) }
    }
    return Double(best.rate)
  }

  /// The area under the curve over log₁₀ of the false positive rate in `range`, as a share of the range; 0 for fewer than
  /// two points.
  public func logArea(_ range: (lower: Float, upper: Float)) -> Double {
    guard falsePositiveRates.count >= 2 else { return 0 }
    let ends = [range.lower, range.upper]
    let near = risingOrder() == nil ? points(in: range.lower...range.upper) : (falsePositiveRates, truePositiveRates)
    let rates = CurveSearch.sorted(near.1 + ends.map(interpolated))
    let logs = CurveSearch.sorted(near.0 + ends).map { log10($0) }
    let bounds = ends.map { log10($0) }
    guard let first = logs.lastIndex(of: bounds[0]), let last = logs.lastIndex(of: bounds[1]), first <= last else {
      return .nan
    }
    return CurveSearch.area(logs[first...last], rates[first...last]) / Double(bounds[1] - bounds[0])
  }

  /// The true positive rate at a false positive rate, as `torchmetrics.utilities.data.interp`.
  private func interpolated(_ x: Float) -> Float {
    let order = risingOrder()
    let at = { (position: Int) in order?[position] ?? position }
    var (low, high) = (0, falsePositiveRates.count)
    while low < high {
      let middle = (low + high) / 2
      if falsePositiveRates[at(middle)] < x { low = middle + 1 } else { high = middle }
    }
    let segment = min(max(0, low - 1), falsePositiveRates.count - 2)
    let (left, right) = (at(segment), at(segment + 1))
    let slope =
      (truePositiveRates[right] - truePositiveRates[left]) / (falsePositiveRates[right] - falsePositiveRates[left])
    return truePositiveRates[left] + slope * (x - falsePositiveRates[left])
  }

  /// The points by rising false positive rate; nil where they stand so, as all but unsorted fixed thresholds give.
  private func risingOrder() -> [Int]? {
    let rates = falsePositiveRates
    if rates.indices.dropFirst().allSatisfy({ rates[$0 - 1] <= rates[$0] }) { return nil }
    return rates.indices.sorted { rates[$0] == rates[$1] ? $0 < $1 : rates[$0] < rates[$1] }
  }
}
