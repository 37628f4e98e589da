/// Makes a ``DataAudit`` of a data set.
struct DataAuditor {
  /// The data set.
  let dataset: Dataset
  /// What is looked for.
  let options: AuditOptions

  /// Looks through the data set.
  func audit(tokenCount: ((String) -> Int)?) -> DataAudit {
    let index = DuplicateIndex(dataset, threshold: options.nearThreshold)
    let words = dataset.documents.textSequence.map(WordScanner.wordCount)
    let tokens = tokenCount.map { count in dataset.documents.textSequence.map(count) }
    return DataAudit(
      dataset: dataset, splits: splits(words, tokens), words: LengthSummary(words),
      tokens: tokens.flatMap { LengthSummary($0, limit: options.tokenLimit) }, exactDuplicates: exactDuplicates(index),
      nearDuplicates: nearDuplicates(index), nearThreshold: options.nearThreshold, leaks: leaks(index),
      contradictions: contradictions(index), markers: markers())
  }

  private func splits(_ words: [Int], _ tokens: [Int]?) -> [DataAudit.SplitCounts] {
    let members = Dictionary(grouping: dataset.documents.indices) {
      dataset.documents.split(at: $0)?.rawValue ?? "none"
    }
    return (Split.allCases.map(\.rawValue) + ["none"]).compactMap { name in
      guard let indices = members[name] else { return nil }
      let counts = Dictionary(grouping: indices) { dataset.documents.label(at: $0) ?? "" }.mapValues(\.count)
      let isWhole = dataset.labels.allSatisfy { counts[$0] != nil }
      let imbalance = zip(counts.values.max(), counts.values.min()).map { Double($0) / Double($1) }
      return DataAudit.SplitCounts(
        split: name, documents: indices.count, labels: counts, imbalance: isWhole ? imbalance : nil,
        words: LengthSummary(indices.map { words[$0] }),
        tokens: tokens.flatMap { tokens in LengthSummary(indices.map { tokens[$0] }, limit: options.tokenLimit) })
    }
  }

  private func exactDuplicates(_ index: DuplicateIndex) -> DataAudit.Duplicates {
    let groups = index.groups.filter { $0.count > 1 }
    let documents = groups.reduce(0) { $0 + $1.count }
    return DataAudit.Duplicates(
      groups: groups.count, documents: documents, extra: documents - groups.count,
      examples: groups.prefix(options.exampleLimit).map { pair($0[0], $0[1], 1) })
  }

  private func nearDuplicates(_ index: DuplicateIndex) -> DataAudit.Duplicates {
    let clusters = index.clusters
    let documents = clusters.reduce(0) { $0 + $1.reduce(0) { $0 + index.groups[$1].count } }
    return DataAudit.Duplicates(
      groups: clusters.count, documents: documents, extra: documents - clusters.count,
      examples: index.nearPairs.prefix(options.exampleLimit).map {
        pair(index.groups[$0.first][0], index.groups[$0.second][0], $0.similarity)
      })
  }

  private func leaks(_ index: DuplicateIndex) -> [DataAudit.Leaks] {
    let all = LeakFinder(dataset, index).leaks
    let split = dataset.documents.entries.map { $0.split ?? .train }
    return [(Split.train, Split.test), (.train, .validation), (.validation, .test)].compactMap { learnt, measured in
      let measuredCount = split.count { $0 == measured }
      guard measuredCount > 0, split.contains(learnt) else { return nil }
      let here = all.filter { split[$0.learnt] == learnt && split[$0.measured] == measured }
      let exact = Set(here.filter(\.isExact).map(\.measured))
      let near = Set(here.map(\.measured)).subtracting(exact)
      return DataAudit.Leaks(
        border: "\(learnt.rawValue)-\(measured.rawValue)", exact: exact.count, near: near.count,
        share: Double(exact.count + near.count) / Double(measuredCount),
        examples: here.prefix(options.exampleLimit).map { pair($0.learnt, $0.measured, $0.similarity) })
    }
  }

  private func contradictions(_ index: DuplicateIndex) -> DataAudit.Contradictions {
    let label = dataset.documents.indices.map(dataset.documents.label)
    let exact = index.groups.compactMap { group in
      group.first { label[$0] != label[group[0]] }.map { pair(group[0], $0, 1) }
    }
    let near = index.nearPairs.compactMap { near -> DataAudit.Pair? in
      let (one, other) = (index.groups[near.first][0], index.groups[near.second][0])
      return label[one] == label[other] ? nil : pair(one, other, near.similarity)
    }
    return DataAudit.Contradictions(
      exact: exact.count, near: near.count, examples: Array((exact + near).prefix(options.exampleLimit)))
  }

  private func markers() -> DataAudit.Markers {
    var result = DataAudit.Markers(headings: 0, bylines: 0, credits: 0, labels: [:])
    for index in dataset.documents.indices {
      let found = SourceMarkers(in: dataset.documents.text(at: index))
      result.headings += found.hasHeadings ? 1 : 0
      result.bylines += found.hasByline ? 1 : 0
      result.credits += found.hasCredit ? 1 : 0
      if found.isMarked { result.labels[dataset.documents.label(at: index) ?? "", default: 0] += 1 }
    }
    return result
  }

  private func pair(_ first: Int, _ second: Int, _ similarity: Double) -> DataAudit.Pair {
    DataAudit.Pair(
      first: dataset.documents.origin(at: first), second: dataset.documents.origin(at: second), similarity: similarity)
  }

  /// Both values, or nil where one is missing.
  private func zip(_ one: Int?, _ other: Int?) -> (Int, Int)? {
    guard let one, let other else { return nil }
    return (one, other)
  }
}
