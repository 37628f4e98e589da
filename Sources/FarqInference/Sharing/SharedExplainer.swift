import FarqCore
public import FarqModels
public import FarqReport
public import FarqTorch
public import Foundation

/// Explains texts for many tasks, one after the other, on a thread of its own: an explanation takes as long as hundreds of
/// texts and would hold up a ``SharedClassifier``. Both use the same weights where they lie in the file.
public actor SharedExplainer {
  /// Sizes, plan and names of the model.
  public nonisolated let configuration: BERTConfiguration
  private nonisolated let executor: ThreadExecutor
  private let classifier: TextClassifier
  private let explainer: Explainer
  private let name: String

  /// The thread that the model runs on.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Opens a checkpoint folder.
  ///
  /// - Parameters:
  ///   - name: the model's name in the reports.
  ///   - maximumLength: tokens of a text; longer ones are cut at their end.
  /// - Throws: ``FarqError`` that names the file and what to do.
  public init(
    folder: URL, name: String, device: Device = .cpu, maximumLength: Int? = nil,
    executor: ThreadExecutor = ThreadExecutor(name: "farq.explanation")
  ) throws {
    classifier = try TextClassifier(
      folder: folder, device: device, precision: .fp32, maximumLength: maximumLength)
    explainer = Explainer(classifier, device: device)
    configuration = classifier.model.configuration
    self.name = name
    self.executor = executor
  }

  /// Explains the most probable label of `text`, or `label`; layer and head are chosen where they are nil.
  ///
  /// - Throws: `CancellationError` where the caller was cancelled before its turn; ``FarqError`` `usage` for a label, layer
  ///   or head that there is not.
  public func explain(
    _ text: String, label: String? = nil, layer: Int? = nil, head: Int? = nil
  ) throws -> ExplanationReport {
    try Task.checkCancellation()
    let labels = classifier.labels
    if let label, !labels.contains(label) {
      throw FarqError(.usage, "label '\(label)' is unknown: the model’s labels are \(labels.joined(separator: ", "))")
    }
    let explanation = try explainer.explain(
      text, label: label.flatMap(labels.firstIndex), layer: layer ?? explainer.usualLayer, head: head ?? 0)
    return try ExplanationReport(explanation, classifier, name: name)
  }
}
