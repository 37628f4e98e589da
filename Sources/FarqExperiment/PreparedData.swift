import FarqCore
public import FarqDatasets
import FarqInference
public import FarqReport
import FarqSample
import FarqTraining
import Foundation

/// The documents of a run, split, but not yet tokenized.
public struct PreparedData: Sendable {
  /// All documents, with their splits.
  public let dataset: Dataset
  /// What the data is called in the report.
  public let name: String

  /// Loads the data, draws limits and the validation split.
  ///
  /// - Throws: ``FarqError`` that names the file and what to do.
  public init(_ settings: DataSettings) throws {
    guard let location = settings.location ?? SampleCorpus.file else {
      throw FarqError(.missingInput, "Farq's own corpus was not found beside the executable: name data with --data")
    }
    name = settings.location == nil ? "Farq's sample corpus" : location.lastPathComponent
    let options = LoadOptions(
      textColumn: settings.textColumn, labelColumn: settings.labelColumn, splitColumn: settings.splitColumn)
    let loaded = try Dataset.load(from: location, options: options)
      .limited(perLabel: settings.trainLimit, test: settings.testLimit, seed: settings.seed)
    dataset =
      settings.selectsOnTest
      ? loaded
      : try StratifiedSplit(validationFraction: settings.validationFraction, seed: settings.seed).apply(to: loaded)
    for split in settings.selectsOnTest ? [Split.train, .test] : [.train, .validation, .test] {
      guard !documents(split).isEmpty else {
        throw FarqError(.badData, "\(location.path) leaves no documents for the \(split.rawValue) split: give more")
      }
    }
  }

  /// The label names, in the order of the logits.
  public var labels: [String] { dataset.labels }

  /// The documents of a split.
  public func documents(_ split: Split) -> [Document] {
    dataset.documents(in: split)
  }

  /// The documents of a split as token ids.
  func encoded(_ split: Split, by encoder: DocumentEncoder) throws -> TrainingDocuments {
    let documents = documents(split)
    let indices = dataset.labelIndices
    return try TrainingDocuments(
      documents: try encoder.encode(documents.map(\.text)), targets: documents.map { indices[$0.label ?? ""] ?? 0 })
  }

  /// What a report says of the data without tokens.
  public var summary: DataReport { report([], maximumLength: nil) }

  /// What the report says of the data.
  func report(_ splits: [TrainingDocuments], maximumLength: Int?) -> DataReport {
    let lengths = splits.flatMap { $0.documents.map(\.tokenCount) }.sorted()
    let cut = splits.reduce(0) { $0 + $1.documents.count(where: \.isCut) }
    return DataReport(
      name: name, fingerprint: dataset.fingerprint, splits: Split.allCases.compactMap(splitReport),
      lengths: lengths.isEmpty ? nil : LengthHistogram.tokens(lengths), maxLength: maximumLength,
      truncatedShare: lengths.isEmpty ? .nan : Double(cut) / Double(lengths.count),
      encodings: Dictionary(dataset.encodings.map { ("\($0.key)", $0.value) }, uniquingKeysWith: +),
      warnings: dataset.warnings)
  }

  private func splitReport(_ split: Split) -> SplitReport? {
    let documents = documents(split)
    guard !documents.isEmpty else { return nil }
    let counts = Dictionary(grouping: documents, by: { $0.label ?? "" }).mapValues(\.count)
    return SplitReport(
      name: split.rawValue, documents: documents.count,
      labels: labels.map { LabelCount(label: $0, count: counts[$0] ?? 0) })
  }
}
