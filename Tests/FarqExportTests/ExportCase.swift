import FarqCore
import FarqExport
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// A small model of random weights, one for each way that attention can be.
struct ExportCase: Sendable, CustomTestStringConvertible {
  let name: String
  var plan = AttentionPlan.standard
  var activation = BERTConfiguration.Activation.gelu
  /// What documents are padded to where the plan ignores the mask.
  var paddedLength: Int?

  var testDescription: String { name }

  /// Layer 2 is the last one, which works out first tokens alone; layer 1 stays standard.
  private static func layers(
    _ name: String, _ variant: AttentionVariant, _ pairing: AttentionPairing? = nil, lambda: LambdaInit = .depth
  ) -> ExportCase {
    ExportCase(
      name: "\(name) by layers",
      plan: AttentionPlan(variant: variant, pairing: pairing, layers: [0, 2], lambdaInit: lambda))
  }

  private static func heads(
    _ name: String, _ count: Int, _ variant: AttentionVariant, _ pairing: AttentionPairing? = nil,
    lambda: LambdaInit = .depth
  ) -> ExportCase {
    ExportCase(
      name: "\(name) by heads",
      plan: AttentionPlan(
        variant: variant, pairing: pairing, granularity: .heads, heads: Array(0..<count), lambdaInit: lambda))
  }

  private static var ignoring: [ExportCase] {
    [layers("notebook without mask", .notebook, .split), heads("notebook without mask", 2, .notebook, .split)].map {
      var copy = $0
      copy.plan.ignoresMask = true
      copy.paddedLength = 16
      return copy
    }
  }

  static let all: [ExportCase] =
    [
      ExportCase(name: "baseline"),
      ExportCase(name: "baseline with gelu_new", activation: .geluNew),
      ExportCase(name: "baseline with relu", activation: .relu),
      layers("diff, pair", .diff, .pair), layers("diff, split", .diff, .split),
      layers("diff, pair, constant", .diff, .pair, lambda: .constant(0.3)),
      heads("diff, pair", 2, .diff, .pair), heads("diff, split", 1, .diff, .split),
      heads("diff, all, split", 4, .diff, .split),
      layers("diff-v2", .diffV2), layers("dex", .dex), heads("dex", 3, .dex),
      layers("notebook", .notebook, .split, lambda: .constant(0.8)),
      heads("notebook", 1, .notebook, .split, lambda: .constant(0.8)),
    ] + ignoring

  static let labels = ["رياضة", "اقتصاد", "طب"]

  /// Writes the checkpoint, tokenizer and all.
  func write(to folder: URL) throws {
    var configuration = BERTConfiguration(
      vocabularySize: 50, hiddenSize: 32, layerCount: 3, headCount: 4, intermediateSize: 48, maximumPositions: 40,
      labels: Self.labels)
    configuration.activation = activation
    if !plan.isStandard { configuration.farq = FarqConfiguration(attention: plan) }
    configuration.farq?.paddedLength = paddedLength
    let drawn = try BERTClassifier(configuration, weights: nil, seed: 7)
    var weights = WeightDictionary()
    for (index, name) in drawn.parameters.names.enumerated() {
      // Far from their starting values, so that no part of a layer is without effect.
      let tensor = try #require(drawn.parameters[name])
      weights.tensors[name] = try tensor + Tensor.normal(tensor.shape, deviation: 0.25, seed: UInt64(index))
    }
    try BERTCheckpoint.save(BERTClassifier(configuration, weights: weights), to: folder)
    let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + (5..<50).map { "w\($0)" }
    try Data((words.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent("vocab.txt"))
  }
}
