import FarqCore
import FarqTorch

/// Turns a baseline's tensors into those that a hybrid begins with.
public struct HybridConversion {
  /// Where attention becomes differential.
  public let plan: AttentionPlan
  /// How it begins.
  public let initialization: HybridInitialization
  /// What is drawn depends on it.
  public let seed: UInt64

  /// Makes a conversion.
  public init(plan: AttentionPlan, initialization: HybridInitialization, seed: UInt64) {
    self.plan = plan
    self.initialization = initialization
    self.seed = seed
  }

  /// The checkpoint with the plan in its configuration and the projections that the plan asks for. New parameters are
  /// not in it: a model built from it draws those for which ``isNew(_:)`` is true.
  ///
  /// - Throws: ``FarqError`` `usage` where `checkpoint` is a hybrid already.
  public func callAsFunction(_ checkpoint: BERTCheckpoint) throws -> BERTCheckpoint {
    guard checkpoint.configuration.plan.isStandard else {
      throw FarqError(.usage, "the model is a hybrid already: convert the baseline that it was made from")
    }
    var converted = checkpoint
    var farq = checkpoint.configuration.farq ?? FarqConfiguration()
    farq.attention = plan
    converted.configuration.farq = plan.isStandard && !plan.ignoresMask && farq.preprocess == nil ? nil : farq
    guard !plan.isStandard else { return converted }
    var weights = try WeightDictionary(reading: checkpoint.weights)
    for prefix in changedPrefixes(checkpoint.configuration) {
      try convert(prefix, checkpoint.configuration, &weights)
    }
    converted.weights = weights
    return converted
  }

  /// True for the parameters of changed layers' attention, which may be drawn anew.
  public static func isNew(_ name: String) -> Bool {
    name.contains(".attention.self.")
  }

  /// The scopes `…attention.self` of the changed layers.
  private func changedPrefixes(_ configuration: BERTConfiguration) -> [String] {
    (0..<configuration.layerCount)
      .filter { plan.changes(.encoder) && plan.differentialHeads(inLayer: $0, of: configuration.headCount) > 0 }
      .map { "bert.encoder.layer.\($0).attention.self" }
  }

  private func convert(
    _ prefix: String, _ configuration: BERTConfiguration, _ weights: inout WeightDictionary
  ) throws {
    if initialization == .random {
      for projection in ["query", "key", "value"] {
        weights.tensors["\(prefix).\(projection).weight"] = nil
        weights.tensors["\(prefix).\(projection).bias"] = nil
      }
      if plan.variant == .dex {
        weights.tensors["\(prefix).dex.weight"] = try drawnCorrection(prefix, configuration)
      }
    } else if plan.variant == .diffV2 {
      try doubleQueries(prefix, configuration, &weights)
      weights.tensors["\(prefix).lambda_proj.bias"] = try .full([configuration.headCount], Self.smallLambdaLogit)
    }
  }

  /// σ(−4) ≈ 0.018: the second map begins with almost no weight, so that the pretrained layer is kept.
  private static let smallLambdaLogit = -4.0

  /// Query heads 2h and 2h + 1 both begin as BERT's head h; the second with noise, N(0, 0.02²·0.1²), so that the two
  /// maps can part.
  private func doubleQueries(
    _ prefix: String, _ configuration: BERTConfiguration, _ weights: inout WeightDictionary
  ) throws {
    let (heads, size, hidden) = (configuration.headCount, configuration.headSize, configuration.hiddenSize)
    for (part, width) in [("weight", hidden), ("bias", 1)] {
      let name = "\(prefix).query.\(part)"
      guard let query = weights.tensors[name] else { continue }
      let first = try query.to(.float32).reshaped([heads, 1, size, width])  // [H, 1, d, in]
      let noise = try Tensor.normal(
        [heads, 1, size, width], deviation: part == "weight" ? configuration.initializerRange * 0.1 : 0,
        seed: seed ^ UInt64(truncatingIfNeeded: prefix.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
      let doubled = try Tensor.concatenate([first, first + noise], 1)  // [H, 2, d, in]
      weights.tensors[name] = try doubled.reshaped(part == "weight" ? [2 * hidden, hidden] : [2 * hidden])
    }
  }

  private func drawnCorrection(_ prefix: String, _ configuration: BERTConfiguration) throws -> Tensor {
    let layer = prefix.split(separator: ".").compactMap { Int($0) }.first ?? 0
    let heads = plan.differentialHeads(inLayer: layer, of: configuration.headCount)
    return try .normal(
      [heads, configuration.headSize, configuration.headSize], deviation: configuration.initializerRange,
      seed: seed &+ UInt64(layer))
  }
}
