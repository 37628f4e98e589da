import FarqCore
public import FarqTorch
import Foundation

/// Turns a baseline's tensors into those that a hybrid begins with.
public struct HybridConversion {
  /// Where attention becomes differential.
  public let plan: AttentionPlan
  /// How it begins.
  public let initialization: HybridInitialization
  /// What is drawn depends on it.
  public let seed: UInt64
  /// What documents are padded to where the plan ignores the mask.
  public let paddedLength: Int?
  /// The bias that the λ of `diff-v2` start from: σ of it is the share of the second map that is taken away.
  public let lambdaBias: Double

  /// σ(−4) ≈ 0.018: the second map begins with almost no weight.
  public static let defaultLambdaBias = -4.0

  /// Makes a conversion.
  public init(
    plan: AttentionPlan, initialization: HybridInitialization, seed: UInt64, paddedLength: Int? = nil,
    lambdaBias: Double = HybridConversion.defaultLambdaBias
  ) {
    self.paddedLength = paddedLength
    self.lambdaBias = lambdaBias
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
    farq.attention = plan.isStandard && farq.architecture == .encoder ? nil : plan
    farq.paddedLength = plan.ignoresMask ? paddedLength : nil
    let isPlain = plan.isStandard && farq.architecture == .encoder && farq.preprocess == nil
    converted.configuration.farq = isPlain ? nil : farq
    guard !plan.isStandard else { return converted }
    var weights = try WeightDictionary(reading: checkpoint.weights)
    for prefix in changedPrefixes(checkpoint.configuration) {
      try convert(prefix, checkpoint.configuration, &weights)
    }
    converted.weights = weights
    return converted
  }

  /// True for the parameters that a changed layer has and BERT's does not: they may be drawn anew.
  public static func isNew(_ name: String) -> Bool {
    guard let place = name.range(of: ".attention.self.") else { return false }
    return newParts.contains { name[place.upperBound...].hasPrefix($0) }
  }

  /// The names of `parameters` for which ``isNew(_:)`` is true.
  public static func newNames(in parameters: ParameterStore) -> Set<String> { Set(parameters.names.filter(isNew)) }

  /// The layer, from 0, of its stack that a parameter or scope is in; nil outside of layers.
  public static func layer(of name: String) -> Int? {
    name.split(separator: ".").lazy.compactMap { Int($0) }.first
  }

  private static let newParts = ["lambda_", "subln.", "dex.", "out."]

  /// The scopes `…attention.self` of the changed layers, of both stacks.
  private func changedPrefixes(_ configuration: BERTConfiguration) -> [String] {
    let layers = (0..<configuration.layerCount)
      .filter { plan.differentialHeads(inLayer: $0, of: configuration.headCount) > 0 }
    let encoder = configuration.architecture == .encoder ? "bert" : "encoder"
    let roots = [(AttentionStack.encoder, encoder), (.decoder, "decoder.bert")].filter { plan.changes($0.0) }
    return roots.flatMap { root in layers.map { "\(root.1).encoder.layer.\($0).attention.self" } }
  }

  private func convert(
    _ prefix: String, _ configuration: BERTConfiguration, _ weights: inout WeightDictionary
  ) throws {
    if initialization == .random {
      try drawProjections(prefix, configuration, &weights)
      if plan.variant == .dex {
        weights.tensors["\(prefix).dex.weight"] = try drawnCorrection(prefix, configuration)
      }
    } else if plan.variant == .diffV2 {
      let (heads, hidden) = (changedHeads(prefix, configuration), configuration.hiddenSize)
      try doubleQueries(of: heads, prefix, configuration, &weights)
      weights.tensors["\(prefix).lambda_proj.bias"] = try .full([heads], lambdaBias)
      weights.tensors["\(prefix).lambda_proj.weight"] = try .zeros([heads, hidden])
      try restoreSize(ofColumns: heads * configuration.headSize, prefix, &weights)
    }
  }

  /// Both maps of a head begin as one, so that 1 − σ(b) of it is left: the head's columns of the output projection give the
  /// rest back.
  private func restoreSize(
    ofColumns edge: Int, _ prefix: String, _ weights: inout WeightDictionary
  ) throws {
    let name = "\(prefix.dropLast("self".count))output.dense.weight"
    guard let output = try weights.tensors[name]?.to(.float32), output.shape.count == 2, output.shape[1] >= edge else {
      return  // The model lists it among what is missing or does not fit.
    }
    let restored = try output.narrowed(1, 0..<edge) * (1 + exp(lambdaBias))  // 1 / (1 − σ(b)) = 1 + eᵇ
    let rest = edge..<output.shape[1]
    weights.tensors[name] = try rest.isEmpty ? restored : .concatenate([restored, output.narrowed(1, rest)], 1)
  }

  /// How many heads are differential in the layer of `prefix`.
  private func changedHeads(_ prefix: String, _ configuration: BERTConfiguration) -> Int {
    plan.differentialHeads(inLayer: Self.layer(of: prefix) ?? 0, of: configuration.headCount)
  }

  /// Projections of the differential heads anew, N(0, 0.02²) and bias 0; heads that stay standard keep theirs.
  private func drawProjections(
    _ prefix: String, _ configuration: BERTConfiguration, _ weights: inout WeightDictionary
  ) throws {
    let hidden = configuration.hiddenSize
    let edge = changedHeads(prefix, configuration) * configuration.headSize
    for (index, projection) in ["query", "key", "value"].enumerated() {
      let (weight, bias) = ("\(prefix).\(projection).weight", "\(prefix).\(projection).bias")
      guard let oldWeight = weights.tensors[weight], oldWeight.shape == [hidden, hidden],
        let oldBias = weights.tensors[bias], oldBias.shape == [hidden]
      else { continue }  // The model lists it among what does not fit.
      let rows = plan.variant == .diffV2 && projection == "query" ? 2 * edge : edge
      let drawn = try Tensor.normal(
        [rows, hidden], deviation: configuration.initializerRange, seed: drawSeed(prefix, index))
      let zeros = try Tensor.zeros([rows])
      guard edge < hidden else {
        (weights.tensors[weight], weights.tensors[bias]) = (drawn, zeros)
        continue
      }
      weights.tensors[weight] = try .concatenate([drawn, oldWeight.to(.float32).narrowed(0, edge..<hidden)], 0)
      weights.tensors[bias] = try .concatenate([zeros, oldBias.to(.float32).narrowed(0, edge..<hidden)], 0)
    }
  }

  /// A seed for each stack, layer and purpose, far from those of other layers.
  private func drawSeed(_ prefix: String, _ purpose: Int) -> UInt64 {
    let place = UInt64(Self.layer(of: prefix) ?? 0) << 32 ^ (prefix.hasPrefix("decoder.") ? 1 << 48 : 0)
    var generator = SeededGenerator(seed: seed ^ place ^ UInt64(purpose) << 56)
    return generator.next()
  }

  /// Query heads 2h and 2h + 1 of the first `heads` both begin as BERT's head h; the second with noise, N(0, 0.02²·0.1²),
  /// so that the two maps can part. The other heads' rows come after them.
  private func doubleQueries(
    of heads: Int, _ prefix: String, _ configuration: BERTConfiguration, _ weights: inout WeightDictionary
  ) throws {
    let (size, hidden) = (configuration.headSize, configuration.hiddenSize)
    for (part, width) in [("weight", hidden), ("bias", 1)] {
      let name = "\(prefix).query.\(part)"
      guard let query = weights.tensors[name], query.count == hidden * width else { continue }
      let rows = try query.to(.float32).reshaped([hidden, width])  // [D, in]
      let first = try rows.narrowed(0, 0..<heads * size).reshaped([heads, 1, size, width])  // [n, 1, d, in]
      let noise = try Tensor.normal(
        [heads, 1, size, width], deviation: part == "weight" ? configuration.initializerRange * 0.1 : 0,
        seed: drawSeed(prefix, 3))
      let doubled = try Tensor.concatenate([first, first + noise], 1)  // [n, 2, d, in]
        .reshaped([2 * heads * size, width])  // [2n · d, in]
      let rest = heads * size..<hidden
      let all = try rest.isEmpty ? doubled : .concatenate([doubled, rows.narrowed(0, rest)], 0)  // [D + n · d, in]
      weights.tensors[name] = try part == "weight" ? all : all.reshaped([-1])
    }
  }

  private func drawnCorrection(_ prefix: String, _ configuration: BERTConfiguration) throws -> Tensor {
    try .normal(
      [changedHeads(prefix, configuration), configuration.headSize, configuration.headSize],
      deviation: configuration.initializerRange,
      seed: drawSeed(prefix, 4))
  }
}
