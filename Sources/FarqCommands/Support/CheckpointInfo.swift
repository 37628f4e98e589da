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
  let layerAttention: [Layer]

  enum CodingKeys: String, CodingKey {
    case architecture, parameters, layers, heads, labels, attention
    case vocabularySize = "vocabulary_size"
    case hiddenSize = "hidden_size"
    case intermediateSize = "intermediate_size"
    case maximumPositions = "maximum_positions"
    case layerAttention = "layer_attention"
  }

  /// The attention of one layer.
  struct Layer: Encodable {
    /// `encoder` or `decoder`.
    let stack: String
    let layer: Int
    let attention: String
    let differentialHeads: Int
    let lambda: [Double]
    let lambdaInit: Double?

    enum CodingKeys: String, CodingKey {
      case stack, layer, attention, lambda
      case differentialHeads = "differential_heads"
      case lambdaInit = "lambda_init"
    }
  }

  /// Opens the checkpoint; of an encoder without a head only the sizes are known.
  init(folder: URL) throws {
    let checkpoint = try BERTCheckpoint(folder: folder)
    let sizes = checkpoint.configuration
    architecture = sizes.farq?.architecture.rawValue ?? "encoder"
    parameters = checkpoint.weights.names.reduce(0) { sum, name in
      sum + (checkpoint.weights.shape(of: name)?.reduce(1, *) ?? 0)
    }
    (vocabularySize, hiddenSize, layers, heads) =
      (sizes.vocabularySize, sizes.hiddenSize, sizes.layerCount, sizes.headCount)
    (intermediateSize, maximumPositions) = (sizes.intermediateSize, sizes.maximumPositions)
    labels = sizes.labels
    attention = sizes.plan
    layerAttention = try Self.layers(checkpoint)
  }

  private static func layers(_ checkpoint: BERTCheckpoint) throws -> [Layer] {
    let sizes = checkpoint.configuration
    let store = ParameterStore(source: checkpoint.weights, seed: 0, trainable: false, mayDraw: { _ in true })
    guard sizes.architecture == .encoderDecoder else {
      return layers(sizes, .encoder, try BERTEncoder(store.root / "bert", sizes).lambdas())
    }
    return layers(sizes, .encoder, try BERTEncoder(store.root / "encoder", sizes).lambdas())
      + layers(sizes, .decoder, try BERTDecoder(store.root / "decoder" / "bert", sizes).lambdas())
  }

  private static func layers(_ sizes: BERTConfiguration, _ stack: AttentionStack, _ lambdas: [[Double]]) -> [Layer] {
    let plan = sizes.plan
    return lambdas.enumerated().map { index, lambda in
      let heads = plan.changes(stack) ? plan.differentialHeads(inLayer: index, of: sizes.headCount) : 0
      return Layer(
        stack: stack.rawValue, layer: index, attention: heads > 0 ? plan.variant.rawValue : "standard",
        differentialHeads: heads,
        lambda: lambda, lambdaInit: heads > 0 ? plan.lambdaInit.value(atLayer: index) : nil)
    }
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
        (architecture == "encoder" ? "" : "\(layer.stack) ") + String(layer.layer), layer.attention,
        "\(layer.differentialHeads)/\(heads)",
        layer.lambda.isEmpty ? "–" : layer.lambda.map { NumberText.fixed($0, 3) }.joined(separator: " "),
        layer.lambdaInit.map { NumberText.fixed($0, 3) } ?? "–",
      ]
    }
    let columns: [TextTable.Column] = [
      .init("layer"), .init("attention"), .init("differential heads"), .init("λ"), .init("λ_init", .trailing),
    ]
    return head.joined(separator: "\n") + "\n" + TextTable(columns: columns, rows: rows).rendered()
  }

  private var planText: String {
    guard !attention.isStandard else { return "standard everywhere" }
    let place =
      attention.granularity == .layers
      ? "layers \((attention.layers ?? []).map(String.init).joined(separator: ", "))"
      : "heads \((attention.heads ?? []).map(String.init).joined(separator: ", ")) of every layer"
    let stack =
      architecture == "encoder"
      ? "" : " of \(attention.stack == .both ? "both stacks" : "the \(attention.stack.rawValue)")"
    return "\(attention.variant.rawValue)\(attention.pairing.map { " (\($0.rawValue))" } ?? "") in \(place)\(stack)"
  }
}
