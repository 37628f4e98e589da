import FarqCore
public import FarqModels
import FarqTokenizer
import FarqTorch
public import Foundation

/// A classifier's checkpoint, to be written for other runtimes.
public struct ModelExport {
  /// The forms that can be written.
  public enum Format: String, Sendable, CaseIterable {
    /// `model.onnx`, for every attention variant.
    case onnx
    /// A folder for text-embeddings-inference, whose layers are BERT's own.
    case tei
  }

  /// Sizes, labels and attention plan.
  public let configuration: BERTConfiguration
  /// Tokens that the checkpoint's tokenizer keeps whole; the `tokenizers` library splits them.
  public let tokensKeptWhole: [String]
  private let model: BERTClassifier
  private let tokenizer: BERTTokenizer
  private let source: URL

  /// Opens a checkpoint folder and checks that its tensors fit.
  ///
  /// - Throws: ``FarqError`` that names the folder: `usage` for an encoder-decoder, `badData` for a checkpoint without a
  ///   classifier, or with tensors that do not fit.
  public init(folder: URL) throws {
    let checkpoint = try BERTCheckpoint(folder: folder)
    guard checkpoint.configuration.architecture == .encoder else {
      throw FarqError(
        .usage,
        "\(folder.path) is an encoder-decoder, whose decoder scores the labels' names: only encoders are exported; train one with --architecture encoder"
      )
    }
    guard checkpoint.weights.shape(of: "classifier.weight") != nil else {
      throw FarqError(
        .badData,
        "\(folder.path) has no classification head: train it first with `farq train --model \(folder.path)`")
    }
    configuration = checkpoint.configuration
    tokenizer = try BERTTokenizer(folder: folder)
    tokensKeptWhole = tokenizer.configuration.neverSplit
    model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    source = folder
  }

  /// Writes the checkpoint in `format` into `folder`, with tokenizer and `config.json`.
  ///
  /// - Returns: the files of the model itself.
  /// - Throws: ``FarqError`` `usage` where the format cannot hold the model, `inputOutput` where writing fails.
  public func write(_ format: Format, to folder: URL) throws -> [URL] {
    guard Self.path(folder) != Self.path(source) else {
      throw FarqError(.usage, "--output \(folder.path) is the checkpoint's own folder: give another one")
    }
    if format == .tei { try checkServable() }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FarqError(.inputOutput, "cannot make \(folder.path): \(error.localizedDescription); check the path")
    }
    return switch format {
    case .onnx: try writeONNX(to: folder)
    case .tei: try writeServingFolder(to: folder)
    }
  }

  /// Writes `model.onnx` (beyond 2 GiB with `model.onnx.data`), the tokenizer's files and `config.json`.
  package func writeONNX(to folder: URL, largestMessage: Int = Int(Int32.max)) throws -> [URL] {
    let graph = ClassifierGraph(configuration: configuration).graph()
    let unread = Set(model.parameters.names).subtracting(graph.parameters)
    guard unread.isEmpty else {
      throw FarqError(.fault, "the graph leaves out \(unread.sorted().joined(separator: ", ")): please report it")
    }
    let file = ONNXFile(
      graph: graph, parameters: model.parameters, metadata: try metadata(), labelCount: configuration.labels.count,
      largestMessage: largestMessage)
    let files = try file.write(to: folder.appendingPathComponent("model.onnx"))
    try tokenizer.save(to: folder)
    // The graph has BERT's inputs and output, whatever its attention: other tools ask for no more than the type.
    var object = try configuration.object()
    object["model_type"] = .string("bert")
    object["architectures"] = .array([.string("BertForSequenceClassification")])
    object["auto_map"] = nil
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(encoder.encode(object), to: folder.appendingPathComponent("config.json"))
    return files
  }

  /// One path for a place, however it is written.
  private static func path(_ folder: URL) -> String { folder.standardizedFileURL.resolvingSymlinksInPath().path }

  /// Refuses what text-embeddings-inference would load and work out differently, or not load.
  private func checkServable() throws {
    guard !configuration.isHybrid else {
      throw FarqError(
        .usage,
        "text-embeddings-inference has no differential attention (this is \(configuration.plan.variant.rawValue)): use --format onnx"
      )
    }
    guard configuration.activation != .geluNew else {
      throw FarqError(.usage, "text-embeddings-inference has no hidden_act gelu_new: use --format onnx")
    }
  }

  /// Writes `model.safetensors`, `tokenizer.json` and `config.json` of a plain BERT.
  private func writeServingFolder(to folder: URL) throws -> [URL] {
    try BERTCheckpoint.save(model, to: folder)
    try tokenizer.save(to: folder)
    return [folder.appendingPathComponent("model.safetensors")]
  }

  /// What the file says of itself: labels in the order of the logits, the attention plan, where there is one what was
  /// done to texts.
  private func metadata() throws -> [(key: String, value: String)] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var entries = [("labels", String(decoding: try encoder.encode(configuration.labels), as: UTF8.self))]
    if let farq = configuration.farq {
      entries.append(("farq", String(decoding: try encoder.encode(farq), as: UTF8.self)))
    }
    return entries.map { (key: $0.0, value: $0.1) }
  }
}
