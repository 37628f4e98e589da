import FarqCore

/// What a user asks for: a variant and a share. With a model's sizes it becomes an ``AttentionPlan``. No tensors here.
public struct AttentionRequest: Sendable, Equatable {
  /// The variant for the share that is replaced.
  public var variant: AttentionVariant
  /// The share of the layers, or of every layer's heads, from 0 to 1.
  public var ratio: Double
  /// Layers or heads.
  public var granularity: AttentionGranularity
  /// Which layers; without meaning for heads.
  public var placement: Placement
  /// The pairing asked for; nil takes `pair` for layers and `split` for heads.
  public var pairing: AttentionPairing?
  /// Which stack of an encoder-decoder.
  public var stack: AttentionStack
  /// λ_init; nil takes the variant's own.
  public var lambdaInit: LambdaInit?
  /// The notebook's missing mask, for reproduction.
  public var ignoresMask: Bool

  /// Makes a request.
  public init(
    variant: AttentionVariant, ratio: Double, granularity: AttentionGranularity = .layers,
    placement: Placement = .last, pairing: AttentionPairing? = nil, stack: AttentionStack = .encoder,
    lambdaInit: LambdaInit? = nil, ignoresMask: Bool = false
  ) {
    self.variant = variant
    self.ratio = ratio
    self.granularity = granularity
    self.placement = placement
    self.pairing = pairing
    self.stack = stack
    self.lambdaInit = lambdaInit
    self.ignoresMask = ignoresMask
  }

  /// The plan for this model.
  ///
  /// - Throws: ``FarqError`` `usage` for what cannot be, a decoder's attention in a model without one included.
  public func plan(for configuration: BERTConfiguration) throws -> AttentionPlan {
    guard stack == .encoder || configuration.architecture == .encoderDecoder else {
      throw FarqError(
        .usage,
        "--stack \(stack.rawValue) needs a decoder: use --architecture encoder-decoder, or leave --stack out")
    }
    return try plan(
      layers: configuration.layerCount, heads: configuration.headCount, headSize: configuration.headSize)
  }

  /// The plan for a model of `layers` layers with `heads` heads of size `headSize`.
  ///
  /// - Throws: ``FarqError`` `usage` for what cannot be, naming the nearest ratios that can.
  public func plan(layers: Int, heads: Int, headSize: Int) throws -> AttentionPlan {
    guard ratio > 0, variant != .standard else {
      guard ratio == 0 || variant == .standard else {
        throw FarqError(.usage, "ratio \(ratio) is not between 0 and 1: use for example 0.25 or 0.5")
      }
      return .standard
    }
    guard !ignoresMask || variant == .notebook else {
      throw FarqError(.usage, "--ignore-mask is the notebook's fault: use it with --attention notebook")
    }
    let total = granularity == .layers ? layers : heads
    let count = try wholeShare(of: total)
    let pairing = try checkedPairing(differentialHeads: granularity == .layers ? heads : count, headSize: headSize)
    return AttentionPlan(
      variant: variant, pairing: pairing, granularity: granularity,
      layers: granularity == .layers ? try placement.layers(count, of: layers) : nil,
      heads: granularity == .heads ? Array(0..<count) : nil, stack: stack,
      lambdaInit: lambdaInit ?? (variant == .notebook ? .constant(0.8) : .depth), ignoresMask: ignoresMask)
  }

  /// ratio × total as a whole number.
  private func wholeShare(of total: Int) throws -> Int {
    guard ratio <= 1, ratio > 0 else {
      throw FarqError(.usage, "ratio \(ratio) is not between 0 and 1: use for example 0.25 or 0.5")
    }
    let exact = ratio * Double(total)
    let count = exact.rounded()
    guard abs(exact - count) < 1e-6, count >= 1 else {
      let lower = Double(Int(exact)) / Double(total)
      let upper = Double(Int(exact) + 1) / Double(total)
      throw FarqError(
        .usage,
        "ratio \(ratio) of \(total) \(granularity.rawValue) is not a whole number: the nearest ratios are \(Self.short(lower)) and \(Self.short(upper))"
      )
    }
    return Int(count)
  }

  private func checkedPairing(differentialHeads: Int, headSize: Int) throws -> AttentionPairing? {
    switch variant {
    case .standard, .diffV2, .dex: return nil
    case .notebook:
      try checkHalves(headSize)
      return .split
    case .diff:
      let chosen = pairing ?? (granularity == .layers ? .pair : .split)
      if chosen == .split { try checkHalves(headSize) }
      guard chosen == .split || differentialHeads.isMultiple(of: 2) else {
        throw FarqError(
          .usage, "pairing 'pair' needs an even number of heads, not \(differentialHeads): use --pairing split")
      }
      return chosen
    }
  }

  private func checkHalves(_ headSize: Int) throws {
    guard headSize.isMultiple(of: 2) else {
      throw FarqError(.usage, "heads of size \(headSize) cannot be cut into halves: use --pairing pair")
    }
  }

  /// Four decimals at most, without closing zeros.
  private static func short(_ ratio: Double) -> String {
    String((ratio * 10_000).rounded() / 10_000)
  }
}
