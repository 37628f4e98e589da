import FarqCore

extension Dataset {
  /// The most origins that an account names.
  private static let exampleLimit = 20

  /// The data set without the marks of the source (see ``SourceMarkers``) and what was done; documents that hold
  /// nothing else are removed.
  ///
  /// - Throws: ``FarqError`` `inputOutput` where the temporary file of the new texts cannot be written.
  public func stripMarkers() throws -> (dataset: Dataset, account: CleaningAccount) {
    var changed: [Int] = []
    var kept: [Int] = []
    var builder = DatasetBuilder()
    for (index, document) in documents.enumerated() {
      let markers = SourceMarkers(in: document.text)
      var document = document
      document.text = markers.stripped
      if !markers.isMarked || !markers.stripped.isEmpty {
        try builder.add(document)
        kept.append(index)
      }
      if markers.isMarked { changed.append(index) }
    }
    let result = Dataset(
      try builder.finish(), digests: builder.digests, encodings: encodings, emptyDocuments: emptyDocuments,
      warnings: warnings)
    var account = self.account("strip-markers", keeping: kept, result)
    account.changed = changed.count - (documents.count - kept.count)
    account.examples = changed.prefix(Self.exampleLimit).map(documents.origin)
    return (result, account)
  }

  /// The data set with one document of each text in each split: the first of those whose label most copies have.
  ///
  /// - Parameter nearThreshold: the similarity from which two texts count as the same; nil removes exact copies only.
  public func dropDuplicates(nearThreshold: Double? = nil) -> (dataset: Dataset, account: CleaningAccount) {
    let index = nearThreshold.map { DuplicateIndex(self, threshold: $0) } ?? DuplicateIndex(exact: self)
    var clusterOf = Array(index.groups.indices)
    for cluster in index.clusters {
      for text in cluster { clusterOf[text] = cluster[0] }
    }
    var members: [Split: [Int: [Int]]] = [:]
    for (document, text) in index.groupOf.enumerated() {
      members[documents.split(at: document) ?? .train, default: [:]][clusterOf[text], default: []].append(document)
    }
    let kept = members.values.flatMap { $0.values.compactMap(representative) }.sorted()
    return removing(keeping: kept, action: "drop-duplicates")
  }

  /// The data set without the training documents whose text also stands in the validation or test split, and
  /// without the validation documents whose text stands in the test split. The test split stays as it is, so that
  /// its results can be compared with others'.
  ///
  /// - Parameter nearThreshold: the similarity from which two texts count as the same; nil removes exact copies only.
  public func dropLeaks(nearThreshold: Double? = 0.8) -> (dataset: Dataset, account: CleaningAccount) {
    let index = nearThreshold.map { DuplicateIndex(self, threshold: $0) } ?? DuplicateIndex(exact: self)
    let leaks = Set(LeakFinder(self, index).leaks.map(\.learnt))
    return removing(keeping: documents.indices.filter { !leaks.contains($0) }, action: "drop-leaks")
  }

  private func representative(of copies: [Int]) -> Int? {
    let counts = Dictionary(grouping: copies) { documents.label(at: $0) ?? "" }.mapValues(\.count)
    let most = counts.values.max()
    return copies.first { counts[documents.label(at: $0) ?? ""] == most }
  }

  private func removing(keeping kept: [Int], action: String) -> (dataset: Dataset, account: CleaningAccount) {
    let result = selecting(kept)
    return (result, account(action, keeping: kept, result))
  }

  private func account(_ action: String, keeping kept: [Int], _ result: Dataset) -> CleaningAccount {
    let gone = Set(documents.indices).subtracting(kept).sorted()
    var account = CleaningAccount(
      action: action, fingerprintBefore: fingerprint, fingerprintAfter: result.fingerprint)
    for index in gone { account.removed[(documents.split(at: index) ?? .train).rawValue, default: 0] += 1 }
    account.examples = gone.prefix(Self.exampleLimit).map { documents.origin(at: $0) }
    return account
  }
}
