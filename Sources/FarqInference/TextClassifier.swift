public import FarqArabicText
import FarqCore
public import FarqModels
public import FarqTokenizer
public import FarqTorch
public import Foundation

/// A checkpoint ready to classify texts.
public struct TextClassifier {
  /// The model.
  public let model: any DocumentClassifier
  /// From text to tokens.
  public let encoder: DocumentEncoder
  private let predictor: Predictor

  /// The label names, in the order of the logits.
  public var labels: [String] { model.configuration.labels }

  /// Opens a checkpoint folder; weights are used where they lie in the file.
  ///
  /// - Parameters:
  ///   - maximumLength: nil takes the model's own, 512 for BERT.
  ///   - preparation: what is asked for besides what the checkpoint stores; another preparation is an error.
  /// - Throws: ``FarqError`` that names the file and what to do.
  public init(
    folder: URL, device: Device = .cpu, precision: Precision = .auto, maximumLength: Int? = nil,
    long: LongDocument = .head, compatibility: TokenizerCompatibility = .checkpoint,
    preparation: PreparationRequest = PreparationRequest()
  ) throws {
    let checkpoint = try BERTCheckpoint(folder: folder)
    let tokenizer = try BERTTokenizer(folder: folder, compatibility: compatibility)
    model = try Self.model(checkpoint, tokenizer, folder: folder, device: device)
    encoder = try DocumentEncoder(
      tokenizer: tokenizer,
      preparer: CheckpointPreparation(checkpoint.configuration, folder: folder, tokenizer: tokenizer)
        .forPrediction(preparation),
      maximumLength: Self.length(maximumLength, checkpoint.configuration), long: long)
    predictor = Predictor(model: model, device: device, precision: precision)
  }

  private static func model(
    _ checkpoint: BERTCheckpoint, _ tokenizer: BERTTokenizer, folder: URL, device: Device
  ) throws -> any DocumentClassifier {
    var configuration = checkpoint.configuration
    let isEncoder = configuration.architecture == .encoder
    guard isEncoder ? checkpoint.weights.shape(of: "classifier.weight") != nil : configuration.labels.count >= 2 else {
      throw FarqError(
        .badData,
        "\(folder.path) has no \(isEncoder ? "classification head" : "labels"): train it first with `farq train --model \(folder.path)`"
      )
    }
    if !isEncoder, configuration.labelTokens == nil {
      configuration.farq?.labelTokens = try LabelTokens(configuration.labels, tokenizer: tokenizer)
    }
    return try ClassifierFactory.make(configuration, weights: checkpoint.weights, device: device)
  }

  /// Classifies texts, in their order.
  public func classify(_ texts: [String], progress: (Int) -> Void = { _ in }) throws -> [Classification] {
    let tokens = EncodedDocuments(try encoder.encode(texts))
    let logits = try logits(tokens, progress: progress)
    return texts.indices.map { index in
      Classification(
        logits: Array(logits[(index * labels.count)..<((index + 1) * labels.count)]), labels: labels,
        tokenCount: tokens.tokenCount(of: index), isCut: tokens.isCut(index))
    }
  }

  /// Logits of encoded documents, row by row, [documents × labels].
  public func logits(_ tokens: some TokenPieces, progress: (Int) -> Void = { _ in }) throws -> [Float] {
    try predictor.logits(tokens, progress: progress)
  }

  /// The length asked for, checked against the model's positions.
  public static func length(_ asked: Int?, _ configuration: BERTConfiguration) throws -> Int {
    let length = asked ?? min(512, configuration.maximumPositions)
    guard length <= configuration.maximumPositions else {
      throw FarqError(
        .usage, "--max-length \(length) is over the model's \(configuration.maximumPositions) positions: use less")
    }
    return length
  }
}
