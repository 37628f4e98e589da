import FarqCore
public import FarqDatasets
import FarqInference
public import FarqReport
import FarqTraining
import Foundation

/// The documents of a run, split, but not yet tokenized.
public struct PreparedData: Sendable {
  /// All documents, with their splits.
  public let dataset: Dataset
  /// What the data is called in the report.
  public let name: String
  /// What cleaning removed.
  public let accounts: [CleaningAccount]
  private let cache: TokenCache

  /// Loads and cleans the data, draws limits and the validation split.
  ///
  /// - Throws: ``FarqError`` that names the file and what to do.
  public init(_ settings: DataSettings) throws {
    let location = try settings.place()
    let cleaned = try settings.cleaning.apply(to: settings.load(settings.loadOptions))
    let loaded = cleaned.dataset
      .limited(perLabel: settings.trainLimit, test: settings.testLimit, seed: settings.seed)
    let split =
      settings.selectsOnTest
      ? loaded
      : try StratifiedSplit(validationFraction: settings.validationFraction, seed: settings.seed).apply(to: loaded)
    self.init(split.adding(warnings: split.splitWarnings), cleaned.accounts, settings)
    for split in settings.selectsOnTest ? [Split.train, .test] : [.train, .validation, .test] {
      guard !documents(split).isEmpty else {
        throw FarqError(.badData, "\(location.path) leaves no documents for the \(split.rawValue) split: give more")
      }
    }
  }

  /// Takes a data set as it is.
  init(_ dataset: Dataset, _ accounts: [CleaningAccount], _ settings: DataSettings) {
    self.dataset = dataset
    self.accounts = accounts
    name = settings.location?.lastPathComponent ?? "Farq's sample corpus"
    cache = TokenCache(settings.cache)
  }

  /// The label names, in the order of the logits.
  public var labels: [String] { dataset.labels }

  /// The documents of a split.
  public func documents(_ split: Split) -> DocumentList {
    dataset.documents(in: split)
  }

  /// The label of each document of a split, as an index.
  func targets(_ split: Split) -> [Int] {
    let documents = documents(split)
    let indices = dataset.labelIndices
    return documents.indices.map { indices[documents.label(at: $0) ?? ""] ?? 0 }
  }

  /// The documents of a split as token ids, from the cache where they are there.
  func tokens(_ split: Split, by encoder: DocumentEncoder) throws -> any TokenPieces {
    let documents = documents(split)
    let key = Digest()
    key.update(Array((encoder.identity + "\n" + dataset.contentDigest(of: split)).utf8))
    return try cache.tokens(key: key.finish(), count: documents.count, byteCount: documents.byteCount) { range in
      try encoder.encode(range.map(documents.text))
    }
  }

  /// The documents of a split as token ids with their labels.
  func encoded(_ split: Split, by encoder: DocumentEncoder) throws -> TrainingDocuments {
    try TrainingDocuments(tokens: tokens(split, by: encoder), targets: targets(split))
  }

  /// What a report says of the data without tokens.
  public var summary: DataReport { report([], encoder: nil) }

  /// What the report says of the data.
  func report(_ splits: [TrainingDocuments], encoder: DocumentEncoder?) -> DataReport {
    let lengths = splits.flatMap { split in (0..<split.count).map(split.tokens.tokenCount) }.sorted()
    let share = { (count: Int) in lengths.isEmpty ? .nan : Double(count) / Double(lengths.count) }
    let repeats = dataset.repeats(in: .train, of: .test)
    return DataReport(
      name: name, fingerprint: dataset.fingerprint, splits: Split.allCases.compactMap(splitReport),
      lengths: lengths.isEmpty ? nil : LengthHistogram.tokens(lengths), maxLength: encoder?.maximumLength,
      truncatedShare: share(splits.reduce(0) { $0 + $1.tokens.cutCount }), long: encoder?.long.rawValue,
      longShare: encoder.map { encoder in share(lengths.count { $0 > encoder.maximumLength }) },
      duplicates: repeats.within, leaks: dataset.repeats(in: .test, of: .train).elsewhere,
      encodings: Dictionary(dataset.encodings.map { ("\($0.key)", $0.value) }, uniquingKeysWith: +),
      cleaning: accounts.map { account in
        CleaningRecord(
          step: account.action, summary: account.summary, removed: account.removed, changed: account.changed,
          fingerprintBefore: account.fingerprintBefore, fingerprintAfter: account.fingerprintAfter)
      }, warnings: dataset.warnings)
  }

  private func splitReport(_ split: Split) -> SplitReport? {
    let documents = documents(split)
    guard !documents.isEmpty else { return nil }
    let counts = Dictionary(grouping: documents.indices) { documents.label(at: $0) ?? "" }.mapValues(\.count)
    return SplitReport(
      name: split.rawValue, documents: documents.count,
      labels: labels.map { LabelCount(label: $0, count: counts[$0] ?? 0) })
  }
}
