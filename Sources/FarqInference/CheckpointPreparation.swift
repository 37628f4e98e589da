public import FarqArabicText
public import FarqCore
public import FarqModels
public import FarqTokenizer
public import Foundation

/// What a checkpoint's texts go through before its tokenizer, as its `config.json` stores it, and the preparer for it.
public struct CheckpointPreparation: Sendable {
  /// What `config.json` stores; nil where it says nothing, as checkpoints from elsewhere.
  public let stored: TextPreparation?
  /// The names by which the model's family may be known.
  public let modelNames: [String]
  private let tokenizer: BERTTokenizer?

  /// Reads a checkpoint folder's `config.json`; a folder without one stores nothing.
  ///
  /// - Throws: ``FarqError`` `badData` for what this version does not know.
  public init(folder: URL, tokenizer: BERTTokenizer?) throws {
    let file = folder.appendingPathComponent("config.json")
    let exists = FileManager.default.fileExists(atPath: file.path)
    try self.init(
      object: exists ? JSONValue.object(in: file) : [:], folder: folder, tokenizer: tokenizer)
  }

  /// From a configuration that was read already.
  public init(_ configuration: BERTConfiguration, folder: URL, tokenizer: BERTTokenizer?) throws {
    try self.init(object: configuration.raw, folder: folder, tokenizer: tokenizer)
  }

  private init(object: [String: JSONValue], folder: URL, tokenizer: BERTTokenizer?) throws {
    self.tokenizer = tokenizer
    modelNames = [folder.standardizedFileURL.lastPathComponent, object["_name_or_path"]?.string ?? ""]
    guard let value = object["farq"]?.object?["preprocess"], value != .null else {
      stored = nil
      return
    }
    do {
      stored = try JSONDecoder().decode(TextPreparation.self, from: JSONEncoder().encode(value))
    } catch let error as FarqError {
      throw error
    } catch {
      throw FarqError(
        .badData,
        "\(folder.path)/config.json: 'preprocess' in the object 'farq' is not valid: save the checkpoint again")
    }
  }

  /// A checkpoint that stores nothing, with no vocabulary yet.
  public static let nothing = CheckpointPreparation()

  private init() {
    (stored, modelNames, tokenizer) = (nil, [], nil)
  }

  /// The preparation for training: what is asked for goes before what is stored.
  public func resolved(_ request: PreparationRequest) throws -> TextPreparation {
    try request.resolved(stored: stored, modelNames: modelNames, hasAffixes: hasAffixes)
  }

  /// The preparer for training.
  public func forTraining(_ request: PreparationRequest) throws -> TextPreparer {
    try preparer(resolved(request), request.farasa)
  }

  /// The preparer for prediction.
  ///
  /// - Throws: ``FarqError`` `usage` where something else is asked for than is stored.
  public func forPrediction(_ request: PreparationRequest) throws -> TextPreparer {
    try preparer(
      request.checked(stored: stored, modelNames: modelNames, hasAffixes: hasAffixes), request.farasa)
  }

  private func preparer(_ preparation: TextPreparation, _ farasa: FarasaOptions?) throws -> TextPreparer {
    var knows: (@Sendable (String) -> Bool)?
    if let tokenizer { knows = { tokenizer.vocabulary.id(of: $0) != nil } }
    return try TextPreparer(preparation, vocabulary: knows, farasa: farasa)
  }

  /// Whether the vocabulary was learnt from segmented text, and so knows stems.
  private var hasAffixes: Bool {
    tokenizer.map { tokenizer in AraBERTVocabulary.affixes.allSatisfy { tokenizer.vocabulary.id(of: $0) != nil } }
      ?? false
  }
}

extension TextPreparation {
  /// As `config.json` stores it.
  public func json() throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(self))
  }
}
