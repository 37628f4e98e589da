import FarqCore

extension Dataset {
  /// This data set with the test documents of `other` in place of its own; where `other` knows no splits, all of it.
  ///
  /// - Throws: ``FarqError`` `badData` where `other` has labels that the training documents lack.
  public func tested(on other: Dataset) throws -> Dataset {
    let hasSplits = other.documents.contains { $0.split != nil }
    let training = documents.indices.filter { documents[$0].split != .test }
    let test = other.documents.indices.filter { !hasSplits || other.documents[$0].split == .test }
    let known = Set(training.compactMap { documents[$0].label })
    let unknown = Set(test.compactMap { other.documents[$0].label }).subtracting(known).sorted()
    guard unknown.isEmpty else {
      throw FarqError(
        .badData,
        "the test data has labels that the training data lacks: \(unknown.joined(separator: ", ")); give data of the same labels"
      )
    }
    return Dataset(
      kept: training.map { documents[$0] }
        + test.map { index in
          var document = other.documents[index]
          document.split = .test
          return document
        },
      digests: training.map { digests[$0] } + test.map { other.digests[$0] },
      encodings: encodings.merging(other.encodings, uniquingKeysWith: +),
      emptyDocuments: emptyDocuments + other.emptyDocuments,
      warnings: warnings + other.warnings.filter { !warnings.contains($0) })
  }
}
