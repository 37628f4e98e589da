import FarqCore
public import FarqInference
import FarqModels
public import FarqTorch
public import Foundation
import HTTPTypes

/// The models that a server answers with, by name; the first is the one that is asked where a request names none.
public struct ModelCatalog: Sendable {
  /// A model under its name.
  public struct Entry: Sendable {
    /// The name in requests.
    public let name: String
    /// Answers.
    public let classifier: SharedClassifier
    /// Says why.
    public let explainer: SharedExplainer
  }

  /// All models, at least one.
  public let entries: [Entry]

  /// The model that is asked where none is named.
  public var first: Entry { entries[0] }

  /// Opens checkpoint folders, and asks each once, so that no caller waits for what happens only the first time.
  ///
  /// - Parameter folders: names and folders.
  /// - Throws: ``FarqError`` `usage` for no model or for a name that stands twice; what is wrong with a checkpoint.
  public init(
    _ folders: [(name: String, folder: URL)], device: Device, precision: Precision, maximumLength: Int? = nil,
    batching: SharedClassifier.Batching = SharedClassifier.Batching()
  ) async throws {
    guard !folders.isEmpty else { throw FarqError(.usage, "there is no model to serve: name a checkpoint folder") }
    let (inference, explanation) = (ThreadExecutor(), ThreadExecutor(name: "farq.explanation"))
    var entries: [Entry] = []
    for (name, folder) in folders {
      guard !entries.contains(where: { $0.name == name }) else {
        throw FarqError(.usage, "two models are called '\(name)': give them names, as in first=\(folder.path)")
      }
      let entry = Entry(
        name: name,
        classifier: try SharedClassifier(
          folder: folder, device: device, precision: precision, maximumLength: maximumLength, batching: batching,
          executor: inference),
        explainer: try SharedExplainer(
          folder: folder, name: name, device: device, maximumLength: maximumLength, executor: explanation))
      _ = try await entry.classifier.classify(["فرق"])
      entries.append(entry)
    }
    self.entries = entries
  }

  /// The model called `name`, or the first one.
  ///
  /// - Throws: ``APIError`` 404 that names the models there are.
  func entry(_ name: String?) throws -> Entry {
    guard let name else { return first }
    guard let entry = entries.first(where: { $0.name == name }) else {
      let names = entries.map(\.name).joined(separator: ", ")
      throw APIError(.notFound, .validation, "there is no model '\(name)': use one of \(names)")
    }
    return entry
  }
}
