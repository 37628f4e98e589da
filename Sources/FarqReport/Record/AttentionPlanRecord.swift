/// Which layers and heads of a model are differential, and how they were made.
public struct AttentionPlanRecord: Codable, Sendable, Equatable {
  /// `standard`, `diff`, `diff-v2`, `dex` or `notebook`.
  public var variant: String
  /// `pair` or `split`, where the variant has pairings.
  public var pairing: String?
  /// `layers` or `heads`.
  public var granularity: String
  /// `first`, `last`, `spread`, `alternate`, or a list as `0,3,7`.
  public var placement: String
  /// `encoder`, `decoder` or `both`.
  public var stack: String
  /// The differential layers (granularity `layers`).
  public var layers: [Int]?
  /// The differential heads of every layer (granularity `heads`).
  public var heads: [Int]?
  /// All layers of the model.
  public var layerCount: Int?
  /// All heads of a layer.
  public var headCount: Int?
  /// `random`, `pretrained`, `anneal` or `fitted`.
  public var initialization: String?
  /// `pretrained` or `finetuned`: what the training started from.
  public var start: String?
  /// `depth`, or the constant that λ starts from.
  public var lambdaInit: String?
  /// What a closed-form fit left of each differential layer's error.
  public var fit: [LayerFitRecord]?
  /// What each differential layer of the encoder takes away, once trained.
  public var subtracted: [LayerShareRecord]?

  private enum CodingKeys: String, CodingKey {
    case variant
    case pairing
    case granularity
    case placement
    case stack
    case layers
    case heads
    case layerCount = "layer_count"
    case headCount = "head_count"
    case initialization
    case start
    case lambdaInit = "lambda_init"
    case fit, subtracted
  }

  /// Makes a record of its parts.
  public init(
    variant: String, pairing: String? = nil, granularity: String = "layers", placement: String = "first",
    stack: String = "encoder", layers: [Int]? = nil, heads: [Int]? = nil, layerCount: Int? = nil,
    headCount: Int? = nil, initialization: String? = nil, start: String? = nil, lambdaInit: String? = nil,
    fit: [LayerFitRecord]? = nil, subtracted: [LayerShareRecord]? = nil
  ) {
    self.variant = variant
    self.pairing = pairing
    self.granularity = granularity
    self.placement = placement
    self.stack = stack
    self.layers = layers
    self.heads = heads
    self.layerCount = layerCount
    self.headCount = headCount
    self.initialization = initialization
    self.start = start
    self.lambdaInit = lambdaInit
    self.fit = fit
    self.subtracted = subtracted
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    variant = try container.decode(String.self, forKey: .variant)
    pairing = try container.decodeIfPresent(String.self, forKey: .pairing)
    granularity = try container.decodeIfPresent(String.self, forKey: .granularity) ?? "layers"
    placement = try container.decodeIfPresent(String.self, forKey: .placement) ?? "first"
    stack = try container.decodeIfPresent(String.self, forKey: .stack) ?? "encoder"
    layers = try container.decodeIfPresent([Int].self, forKey: .layers)
    heads = try container.decodeIfPresent([Int].self, forKey: .heads)
    layerCount = try container.decodeIfPresent(Int.self, forKey: .layerCount)
    headCount = try container.decodeIfPresent(Int.self, forKey: .headCount)
    initialization = try container.decodeIfPresent(String.self, forKey: .initialization)
    start = try container.decodeIfPresent(String.self, forKey: .start)
    lambdaInit = try container.decodeIfPresent(String.self, forKey: .lambdaInit)
    fit = try container.decodeIfPresent([LayerFitRecord].self, forKey: .fit)
    subtracted = try container.decodeIfPresent([LayerShareRecord].self, forKey: .subtracted)
  }
}

/// What stands between a converted layer and the one that it replaced: ‖Ŷ − Y‖ / ‖Y‖ of the attention output.
public struct LayerFitRecord: Codable, Sendable, Equatable {
  /// The layer, from 0.
  public var layer: Int
  /// As it was converted.
  @Measured public var before: Double
  /// Once it was fitted.
  @Measured public var after: Double

  /// Makes a record of its parts.
  public init(layer: Int, before: Double, after: Double) {
    self.layer = layer
    self.before = before
    self.after = after
  }
}

/// How much the differential part of a layer takes away, over test documents.
public struct LayerShareRecord: Codable, Sendable, Equatable {
  /// The layer, from 0.
  public var layer: Int
  /// The mean of |λ| over heads and tokens.
  @Measured public var lambda: Double
  /// ‖λ A₂ v‖ / ‖A₁ v‖, of DEX ‖λ W o‖ / ‖o‖.
  @Measured public var taken: Double

  /// Makes a record of its parts.
  public init(layer: Int, lambda: Double, taken: Double) {
    self.layer = layer
    self.lambda = lambda
    self.taken = taken
  }
}
