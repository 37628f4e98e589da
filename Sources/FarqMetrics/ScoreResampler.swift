/// One model's scores, prepared so that its calibration error, AUROC and log loss under weights of documents take one pass.
struct ScoreResampler {
  private let documentCount: Int
  private let classCount: Int
  private let targets: [Int]
  private let losses: [Double]
  private let bins: [Int]
  private let gaps: [Double]
  /// For each class, items by falling probability; the last of equal ones is marked by a negative number (−1 − item).
  private let orders: [[Int]]

  /// Prepares predictions, one element a seed, all of the same documents.
  init(_ runs: [Predictions]) {
    documentCount = runs.first?.count ?? 0
    let classes = runs.first?.classCount ?? 0
    classCount = classes
    targets = runs.flatMap(\.targets)
    losses = runs.flatMap(LogLoss.losses)
    let probabilities = runs.flatMap { $0.probabilities() }
    let state = CalibrationState(classCount: classes, probabilities: probabilities, targets: targets)
    let edges = Thresholds.evenlySpaced(16)
    bins = state.confidences.map { min(14, CalibrationState.bin($0, edges)) }
    gaps = zip(state.hits, state.confidences).map { ($0 ? 1 : 0) - Double($1) }
    let items = targets.indices
    orders = (0..<classes).map { label in
      let score = { (item: Int) in probabilities[item * classes + label] }
      let order = items.sorted { score($0) > score($1) }
      return order.indices.map { position in
        let isLast = position + 1 == order.count || score(order[position]) != score(order[position + 1])
        return isLast ? -1 - order[position] : order[position]
      }
    }
  }

  /// The value of a metric where document i counts `weights[i]` times.
  func value(_ metric: HeadlineMetric, _ weights: [Int]) -> Double {
    switch metric {
    case .logLoss: return weightedMean(losses, weights)
    case .calibrationError:
      var sums = [Double](repeating: 0, count: 15)
      var total = 0
      for item in gaps.indices {
        let weight = weights[item % documentCount]
        sums[bins[item]] += Double(weight) * gaps[item]
        total += weight
      }
      return sums.reduce(0) { $0 + abs($1) } / Double(total)
    default: return (0..<classCount).reduce(0) { $0 + area(of: $1, weights) } / Double(classCount)
    }
  }

  private func weightedMean(_ values: [Double], _ weights: [Int]) -> Double {
    var (sum, total) = (0.0, 0)
    for item in values.indices {
      let weight = weights[item % documentCount]
      sum += Double(weight) * values[item]
      total += weight
    }
    return sum / Double(total)
  }

  /// Pairs of a positive and a negative in the right order, ties half, among all pairs; 0 without pairs.
  private func area(of label: Int, _ weights: [Int]) -> Double {
    var (positives, negatives, pairs) = (0.0, 0.0, 0.0)
    var (tiedPositives, tiedNegatives) = (0.0, 0.0)
    for entry in orders[label] {
      let item = entry < 0 ? -1 - entry : entry
      let weight = Double(weights[item % documentCount])
      if targets[item] == label { tiedPositives += weight } else { tiedNegatives += weight }
      if entry < 0 {
        pairs += tiedNegatives * (positives + tiedPositives / 2)
        positives += tiedPositives
        negatives += tiedNegatives
        (tiedPositives, tiedNegatives) = (0, 0)
      }
    }
    return positives * negatives == 0 ? 0 : pairs / (positives * negatives)
  }
}
