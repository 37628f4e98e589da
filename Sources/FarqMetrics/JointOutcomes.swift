/// Documents grouped by what two models made of them: the same target and the same predicted labels in every seed.
///
/// A resample of documents is a resample of these few groups, whatever the number of documents.
struct JointOutcomes: Sendable {
  /// Documents that are alike.
  struct Group: Sendable {
    /// How many there are.
    var count: Int
    /// Which cells of the first model's confusion matrix each of them adds 1 to, one a seed.
    let first: [Int]
    /// The same for the second model.
    let second: [Int]
  }

  let classCount: Int
  let documentCount: Int
  let groups: [Group]

  /// Groups documents; all predictions are of the same documents, one element a seed.
  init(_ first: [Predictions], _ second: [Predictions]) {
    classCount = first.first?.classCount ?? 0
    documentCount = first.first?.count ?? 0
    var positions: [[Int]: Int] = [:]
    var groups: [Group] = []
    for document in 0..<documentCount {
      let cells = { (models: [Predictions]) in
        models.map { $0.targets[document] * $0.classCount + $0.labels[document] }
      }
      let (firstCells, secondCells) = (cells(first), cells(second))
      if let position = positions[firstCells + secondCells] {
        groups[position].count += 1
      } else {
        positions[firstCells + secondCells] = groups.count
        groups.append(Group(count: 1, first: firstCells, second: secondCells))
      }
    }
    // Large groups first: the draws of the small ones then are few and cheap.
    self.groups = groups.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }

  /// Both models' confusion matrices of the documents as they are.
  func matrices() -> (ConfusionMatrix, ConfusionMatrix) {
    matrices(groups.map(\.count))
  }

  /// Both models' confusion matrices of as many documents, drawn with replacement (a multinomial over the groups).
  func resample(using generator: inout some RandomNumberGenerator) -> (ConfusionMatrix, ConfusionMatrix) {
    matrices(resampledCounts(using: &generator))
  }

  /// How many documents of each group are drawn, of as many documents in all, with replacement.
  func resampledCounts(using generator: inout some RandomNumberGenerator) -> [Int] {
    var left = documentCount
    var weight = documentCount
    return groups.map { group in
      let drawn =
        group.count == weight
        ? left
        : BinomialSampler.draw(trials: left, probability: Double(group.count) / Double(weight), using: &generator)
      left -= drawn
      weight -= group.count
      return drawn
    }
  }

  private func matrices(_ counts: [Int]) -> (ConfusionMatrix, ConfusionMatrix) {
    var first = [Int](repeating: 0, count: classCount * classCount)
    var second = first
    for (group, count) in zip(groups, counts) where count > 0 {
      for cell in group.first { first[cell] += count }
      for cell in group.second { second[cell] += count }
    }
    return (
      ConfusionMatrix(classCount: classCount, checked: first), ConfusionMatrix(classCount: classCount, checked: second)
    )
  }
}
