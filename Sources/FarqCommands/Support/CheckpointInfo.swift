import FarqCore
import FarqInference
import FarqModels
import FarqReport
import FarqTorch
import Foundation

/// What `farq info` tells of a checkpoint.
struct CheckpointInfo: Encodable {
  let architecture: String
  let parameters: Int
  let vocabularySize: Int
  let hiddenSize: Int
  let layers: Int
  let heads: Int
  let intermediateSize: Int
  let maximumPositions: Int
  let labels: [String]
  let attention: AttentionPlan
  /// One entry a layer.
  let layerAttention: [LayerReport]

  enum CodingKeys: String, CodingKey {
    case architecture, parameters, layers, heads, labels, attention
    case vocabularySize = "vocabulary_size"
    case hiddenSize = "hidden_size"
    case intermediateSize = "intermediate_size"
    case maximumPositions = "maximum_positions"
    case layerAttention = "layer_attention"
  }

  /// Opens the checkpoint; of an encoder without a head only the sizes are known.
  init(folder: URL) throws {
    let checkpoint = try BERTCheckpoint(folder: folder)
    let sizes = checkpoint.configuration
    architecture = sizes.farq?.architecture.rawValue ?? "encoder"
    let counts = checkpoint.weights.names.map { CheckedSize.count(checkpoint.weights.shape(of: $0) ?? []) ?? .max }
    guard let parameters = CheckedSize.sum(counts) else {
      throw FarqError(.badData, "\(folder.path) claims more parameters than can be: get the checkpoint again")
    }
    self.parameters = parameters
    (vocabularySize, hiddenSize, layers, heads) =
      (sizes.vocabularySize, sizes.hiddenSize, sizes.layerCount, sizes.headCount)
    (intermediateSize, maximumPositions) = (sizes.intermediateSize, sizes.maximumPositions)
    labels = sizes.labels
    attention = sizes.plan
    layerAttention = try Self.layers(checkpoint)
  }

  private static func layers(_ checkpoint: BERTCheckpoint) throws -> [LayerReport] {
    let sizes = checkpoint.configuration
    let store = ParameterStore(source: checkpoint.weights, seed: 0, trainable: false, mayDraw: { _ in true })
    guard sizes.architecture == .encoderDecoder else {
      return LayerReport.all(sizes, .encoder, try BERTEncoder(store.root / "bert", sizes).lambdas())
    }
    return LayerReport.all(sizes, .encoder, try BERTEncoder(store.root / "encoder", sizes).lambdas())
      + LayerReport.all(sizes, .decoder, try BERTDecoder(store.root / "decoder" / "bert", sizes).lambdas())
  }

  /// For people.
  var text: String {
    let head = [
      "architecture   BERT \(architecture)", "parameters     \(NumberText.grouped(parameters))",
      "vocabulary     \(NumberText.grouped(vocabularySize))",
      "layers         \(layers), \(heads) heads of \(hiddenSize / max(1, heads)), hidden size \(hiddenSize), feed-forward \(intermediateSize)",
      "positions      \(maximumPositions)",
      "labels         \(labels.isEmpty ? "none" : labels.joined(separator: ", "))",
      "attention      \(planText)", "",
    ]
    let rows = layerAttention.map { layer in
      [
        name(of: layer), layer.attention, "\(layer.differentialHeads)/\(heads)", lambdaText(layer),
        layer.lambdaInit.map { NumberText.fixed($0, 3) } ?? "–",
      ]
    }
    let columns: [TextTable.Column] = [
      .init("layer"), .init("attention"), .init("differential heads"), .init("λ"), .init("λ_init", .trailing),
    ]
    return head.joined(separator: "\n") + "\n" + TextTable(columns: columns, rows: rows).rendered() + headText
  }

  /// A layer's number, with its stack where there are two.
  private func name(of layer: LayerReport) -> String {
    (architecture == "encoder" ? "" : "\(layer.stack) ") + String(layer.layer)
  }

  /// λ of a layer, or how those of its heads spread.
  private func lambdaText(_ layer: LayerReport) -> String {
    let numbers = layer.lambda.sorted().map { NumberText.fixed($0, 3) }
    guard let first = numbers.first, let last = numbers.last else { return "–" }
    return layer.lambdaKind == .layer ? "\(first) (shared by its heads)" : "\(first) to \(last)"
  }

  /// λ of each head where they differ.
  private var headText: String {
    let layers = layerAttention.filter { !$0.lambda.isEmpty && $0.lambdaKind != .layer }
    guard !layers.isEmpty else { return "" }
    let isToken = layers.contains { $0.lambdaKind == .token }
    let lines = layers.map { layer in
      "layer \(name(of: layer)):  " + layer.lambda.map { NumberText.fixed($0, 3) }.joined(separator: " ")
    }
    let title =
      isToken
      ? "λ of each head, σ(b): λ = σ(w·x + b) depends on the token, shown is a state x of zero" : "λ of each head"
    return "\n" + ([title] + lines).joined(separator: "\n")
  }

  /// Which of two stacks are differential.
  private var stackText: String {
    guard architecture != FarqConfiguration.Architecture.encoder.rawValue else { return "" }
    return attention.stack == .both ? " of encoder and decoder" : " of the \(attention.stack.rawValue)"
  }

  private var planText: String {
    guard !attention.isStandard else { return "standard everywhere" }
    let place =
      attention.granularity == .layers
      ? "layers \((attention.layers ?? []).map(String.init).joined(separator: ", "))"
      : "heads \((attention.heads ?? []).map(String.init).joined(separator: ", ")) of every layer"
    return "\(attention.variant.rawValue)\(attention.pairing.map { " (\($0.rawValue))" } ?? "") in \(place)" + stackText
  }
}
