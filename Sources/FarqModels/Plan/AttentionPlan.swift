/// Which attention stands where in a model: the object `farq.attention` of `config.json`.
public struct AttentionPlan: Sendable, Equatable, Codable {
  /// How the differential places form their attention; `standard` means that there are none.
  public var variant: AttentionVariant
  /// How heads give the two maps; only `diff` and `notebook` have it.
  public var pairing: AttentionPairing?
  /// Whole layers, or heads of every layer.
  public var granularity: AttentionGranularity
  /// The differential layers, with granularity `layers`.
  public var layers: [Int]?
  /// The differential heads of every layer, with granularity `heads`.
  public var heads: [Int]?
  /// Which stack is changed.
  public var stack: AttentionStack
  /// λ_init of the layers.
  public var lambdaInit: LambdaInit
  /// True where differential heads attend to padded keys as well: the notebook's fault, for its reproduction only.
  public var ignoresMask: Bool

  enum CodingKeys: String, CodingKey {
    case variant, pairing, granularity, layers, heads, stack
    case lambdaInit = "lambda_init"
    case ignoresMask = "ignore_mask"
  }

  /// Makes a plan from its parts; ``AttentionRequest`` makes one from a ratio.
  public init(
    variant: AttentionVariant, pairing: AttentionPairing? = nil, granularity: AttentionGranularity = .layers,
    layers: [Int]? = nil, heads: [Int]? = nil, stack: AttentionStack = .encoder, lambdaInit: LambdaInit = .depth,
    ignoresMask: Bool = false
  ) {
    self.variant = variant
    self.pairing = pairing
    self.granularity = granularity
    self.layers = layers
    self.heads = heads
    self.stack = stack
    self.lambdaInit = lambdaInit
    self.ignoresMask = ignoresMask
  }

  /// Reads the object; a missing `ignore_mask` is false.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    variant = try container.decode(AttentionVariant.self, forKey: .variant)
    pairing = try container.decodeIfPresent(AttentionPairing.self, forKey: .pairing)
    granularity = try container.decode(AttentionGranularity.self, forKey: .granularity)
    layers = try container.decodeIfPresent([Int].self, forKey: .layers)
    heads = try container.decodeIfPresent([Int].self, forKey: .heads)
    stack = try container.decodeIfPresent(AttentionStack.self, forKey: .stack) ?? .encoder
    lambdaInit = try container.decodeIfPresent(LambdaInit.self, forKey: .lambdaInit) ?? .depth
    ignoresMask = try container.decodeIfPresent(Bool.self, forKey: .ignoresMask) ?? false
  }

  /// Writes the object; what does not apply is `null`, and `ignore_mask` is written only where it is true.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(variant, forKey: .variant)
    try container.encode(pairing, forKey: .pairing)
    try container.encode(granularity, forKey: .granularity)
    try container.encode(layers, forKey: .layers)
    try container.encode(heads, forKey: .heads)
    try container.encode(stack, forKey: .stack)
    try container.encode(lambdaInit, forKey: .lambdaInit)
    if ignoresMask { try container.encode(true, forKey: .ignoresMask) }
  }

  /// The baseline's plan: standard attention everywhere.
  public static let standard = AttentionPlan(variant: .standard, layers: [])

  /// True where nothing is replaced.
  public var isStandard: Bool { variant == .standard }

  /// How many heads of `layer` in a stack are differential, out of `total`.
  public func differentialHeads(inLayer layer: Int, of total: Int) -> Int {
    switch granularity {
    case .layers: (layers ?? []).contains(layer) ? total : 0
    case .heads: (heads ?? []).count
    }
  }

  /// The same with respect to a stack: none where the plan leaves that stack alone.
  public func changes(_ stack: AttentionStack) -> Bool {
    !isStandard && (self.stack == stack || self.stack == .both)
  }
}
