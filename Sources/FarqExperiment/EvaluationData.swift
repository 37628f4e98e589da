import FarqCore
public import FarqDatasets
import Foundation

/// The labelled documents that a checkpoint is measured on.
public struct EvaluationData: Sendable {
  /// What is measured.
  public enum Choice: Sendable, Equatable {
    /// The test split where there is one, else every document.
    case automatic
    /// Every document.
    case all
    /// The documents of a split; a validation split that is not there is drawn as a run with these settings draws it.
    case split(Split)
  }

  /// The documents, all in the test split.
  public let documents: PreparedData
  /// The split that they are, or `all`.
  public let split: String
  /// Which documents these are, in words.
  public let note: String

  /// Loads and cleans the data. No split is needed but the one asked for, and one label is enough.
  ///
  /// - Throws: ``FarqError`` that names the file and what to do.
  public init(_ settings: DataSettings, _ choice: Choice) throws {
    var options = settings.loadOptions
    options.allowsSingleLabel = true
    let (whole, accounts) = try settings.cleaning.apply(to: settings.load(options), requireLabels: false)
    let split: Split? =
      switch choice {
      case .automatic: whole.has(.test) ? .test : nil
      case .all: nil
      case .split(let split): split
      }
    let chosen = try Self.documents(of: split, in: whole, settings)
    let count = chosen.documents.count
    guard count > 0 else {
      throw FarqError(
        .badData,
        "\(try settings.place().path) has no documents of the \(split?.rawValue ?? "") split; "
          + "name another with --split, or all")
    }
    documents = PreparedData(chosen, accounts, settings)
    self.split = split?.rawValue ?? "all"
    note =
      split.map { "measured on the \(count) documents of the \($0.rawValue) split" }
      ?? "measured on all \(count) documents" + (choice == .automatic ? ", as the data has no test split" : "")
  }

  /// The documents of `split`, or all, as many of each label as the settings allow.
  private static func documents(of split: Split?, in whole: Dataset, _ settings: DataSettings) throws -> Dataset {
    guard let split else {
      return whole.measured(on: nil).limited(perLabel: nil, test: settings.testLimit, seed: settings.seed)
    }
    let limited = whole.limited(perLabel: settings.trainLimit, test: settings.testLimit, seed: settings.seed)
    guard split == .validation, !limited.has(.validation) else { return limited.measured(on: split) }
    return try StratifiedSplit(validationFraction: settings.validationFraction, seed: settings.seed)
      .apply(to: limited).measured(on: split)
  }

  /// Checks that a model knows the labels, whose names are compared as those of data are read.
  ///
  /// - Throws: ``FarqError`` `badData` that lists those it does not know.
  public func check(against labels: [String]) throws {
    let known = Set(labels.map(LabelName.cleaned))
    let unknown = documents.labels.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw FarqError(
        .badData,
        "the data has labels that the model does not know: \(unknown.joined(separator: ", ")); "
          + "its labels are \(labels.joined(separator: ", "))")
    }
  }

  /// The labels of a model that no document has.
  public func absent(of labels: [String]) -> [String] {
    let present = Set(documents.labels)
    return labels.filter { !present.contains(LabelName.cleaned($0)) }
  }
}
