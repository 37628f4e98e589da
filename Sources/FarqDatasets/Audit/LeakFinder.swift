/// Finds documents that a model learns from and is measured by.
struct LeakFinder {
  /// A text on both sides of a border between splits.
  struct Leak {
    /// The document on the side that the model learns from or is chosen by: the one to remove.
    var learnt: Int
    /// The document on the side that measures.
    var measured: Int
    /// The similarity of the two texts; 1 for equal texts.
    var similarity: Double
    /// Whether the texts are equal.
    var isExact: Bool
  }

  /// The leaks: each document that has the same or nearly the same text in another split stands in at least one.
  let leaks: [Leak]

  /// Looks through `dataset` with the duplicates that `index` found.
  init(_ dataset: Dataset, _ index: DuplicateIndex) {
    var leaks: [Leak] = []
    let side = dataset.documents.entries.map { entry in
      switch entry.split ?? .train {
      case .train: 0
      case .validation: 1
      case .test: 2
      }
    }
    // Every document on either side gets one leak, not one for each pair: a text copied n times costs n.
    func add(_ one: [Int], _ other: [Int], _ similarity: Double, isExact: Bool) {
      for (low, high) in [(0, 1), (0, 2), (1, 2)] {
        let learnt = one.filter { side[$0] == low }
        let measured = other.filter { side[$0] == high }
        guard let firstLearnt = learnt.first, let firstMeasured = measured.first else { continue }
        let pairs = learnt.map { ($0, firstMeasured) } + measured.dropFirst().map { (firstLearnt, $0) }
        leaks += pairs.map { Leak(learnt: $0, measured: $1, similarity: similarity, isExact: isExact) }
      }
    }
    for group in index.groups where group.count > 1 { add(group, group, 1, isExact: true) }
    for pair in index.nearPairs {
      let (first, second) = (index.groups[pair.first], index.groups[pair.second])
      add(first, second, pair.similarity, isExact: false)
      add(second, first, pair.similarity, isExact: false)
    }
    self.leaks = leaks
  }
}
