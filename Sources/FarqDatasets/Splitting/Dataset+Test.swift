import FarqCore

extension Dataset {
  /// This data set with the test documents of `other` in place of its own; where `other` knows no splits, all of it.
  ///
  /// - Throws: ``FarqError`` `badData` where `other` has labels that the training documents lack.
  public func tested(on other: Dataset) throws -> Dataset {
    let hasSplits = other.documents.indices.contains { other.documents.split(at: $0) != nil }
    let training = documents.indices.filter { documents.split(at: $0) != .test }
    let test = other.documents.indices.filter { !hasSplits || other.documents.split(at: $0) == .test }
    let known = Set(training.compactMap { documents.label(at: $0) })
    let unknown = Set(test.compactMap { other.documents.label(at: $0) }).subtracting(known).sorted()
    guard unknown.isEmpty else {
      throw FarqError(
        .badData,
        "the test data has labels that the training data lacks: \(unknown.joined(separator: ", ")); give data of the same labels"
      )
    }
    var builder = DatasetBuilder()
    for index in training { try builder.add(documents[index]) }
    for index in test {
      var document = other.documents[index]
      document.split = .test
      try builder.add(document)
    }
    return Dataset(
      try builder.finish(), digests: builder.digests,
      encodings: encodings.merging(other.encodings, uniquingKeysWith: +),
      emptyDocuments: emptyDocuments + other.emptyDocuments,
      warnings: warnings + (other.warnings + builder.labelWarnings).filter { !warnings.contains($0) })
  }
}

extension Dataset {
  /// The documents of `split`, or all, as test documents: what a checkpoint is measured on.
  public func measured(on split: Split?) -> Dataset {
    selecting(
      split.map(indices) ?? Array(documents.indices), splits: Array(repeating: .test, count: documents.count))
  }

  /// Whether any document names `split`.
  public func has(_ split: Split) -> Bool { documents.entries.contains { $0.split == split } }
}
