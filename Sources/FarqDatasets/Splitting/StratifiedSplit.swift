import FarqCore

/// Takes a validation split, and where there is none a test split, out of the training documents: by label, by
/// seed, and with exact duplicates kept together, so that no text stands on both sides of the new border.
///
/// Documents already in a test or validation split stay where they are; a data set that has a validation split
/// gets no second one. The choice depends on the texts and the seed, not on the order of the documents.
public struct StratifiedSplit: Sendable, Codable, Equatable {
  /// The share of each label's training documents that becomes validation documents.
  public var validationFraction: Double
  /// The share of each label's training documents that becomes test documents where there is no test split.
  public var testFraction: Double
  /// The seed of the choice.
  public var seed: UInt64

  /// Makes a split.
  ///
  /// - Throws: ``FarqError`` `usage` where a fraction is below 0, or both together are not below 1.
  public init(validationFraction: Double = 0.1, testFraction: Double = 0.1, seed: UInt64 = 42) throws {
    guard validationFraction >= 0, testFraction >= 0, validationFraction + testFraction < 1 else {
      throw FarqError(
        .usage,
        "the fractions \(validationFraction) and \(testFraction) leave no training documents; "
          + "give fractions from 0 that sum to less than 1")
    }
    self.validationFraction = validationFraction
    self.testFraction = testFraction
    self.seed = seed
  }

  /// The data set with every document in a split.
  ///
  /// - Throws: ``FarqError`` `badData` where a wanted split would stay empty.
  public func apply(to dataset: Dataset) throws -> Dataset {
    var splits = dataset.documents.entries.map { $0.split ?? .train }
    var warnings: [String] = []
    for (split, fraction) in [(Split.test, testFraction), (.validation, validationFraction)]
    where fraction > 0 && !splits.contains(split) {
      let before = splits
      take(fraction, as: split, of: dataset, from: &splits, &warnings)
      guard splits != before else {
        throw FarqError(
          .badData,
          "there are too few documents for a \(split.rawValue) split of \(fraction); give more or a larger fraction")
      }
    }
    return dataset.selecting(dataset.documents.indices, splits: splits, adding: warnings)
  }

  private func take(
    _ fraction: Double, as split: Split, of dataset: Dataset, from splits: inout [Split], _ warnings: inout [String]
  ) {
    let original = dataset.documents.entries.map { $0.split ?? .train }
    for (label, groups) in groups(of: dataset, splits: splits) {
      // The share counts from the documents that were there to train on, so that the order of taking does not matter.
      let pool = dataset.documents.indices.count { original[$0] == .train && dataset.documents.label(at: $0) == label }
      let left = groups.reduce(0) { $0 + $1.count }
      let wanted = max(1, Int((Double(pool) * fraction).rounded()))
      var generator = SeededGenerator(seed: seed ^ (split == .test ? 0x7465_7374 : 0x7661_6C69))
      var order = groups
      generator.shuffle(&order)
      var taken = 0
      for group in order where taken + group.count <= wanted && taken + group.count < left {
        for index in group { splits[index] = split }
        taken += group.count
      }
      if taken == 0 {
        warnings.append(
          "the label \"\(label)\" has too few different documents to give one to the \(split.rawValue) split")
      }
    }
  }

  /// For each label, in order, the training documents in groups of equal texts; the groups in the order of their
  /// texts' digests. A text under two labels goes with the label that most of its copies have. Texts that also
  /// stand in another split stay in training: moving them would only move a leak.
  private func groups(of dataset: Dataset, splits: [Split]) -> [(label: String, groups: [[Int]])] {
    var copies: [TextDigest: [Int]] = [:]
    var elsewhere: Set<TextDigest> = []
    for (index, digest) in dataset.digests.enumerated() {
      if splits[index] == .train { copies[digest, default: []].append(index) } else { elsewhere.insert(digest) }
    }
    var byLabel: [String: [[Int]]] = [:]
    for digest in copies.keys.sorted() where !elsewhere.contains(digest) {
      let group = copies[digest, default: []]
      byLabel[mainLabel(of: group, in: dataset), default: []].append(group)
    }
    return (dataset.labels.isEmpty ? [""] : dataset.labels).compactMap { label in
      byLabel[label].map { (label, $0) }
    }
  }

  private func mainLabel(of group: [Int], in dataset: Dataset) -> String {
    let counts = Dictionary(grouping: group) { dataset.documents.label(at: $0) ?? "" }.mapValues(\.count)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
  }
}
