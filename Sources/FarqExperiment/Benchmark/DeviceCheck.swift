import FarqCore
import FarqInference
public import FarqModels
public import FarqTorch

/// Compares every attention variant on a device, by the operators that it trains and predicts with, with the formulae as
/// they stand in fp32 on the processor: logits and all gradients of a small BERT over documents of many lengths.
public struct DeviceCheck {
  /// What one comparison found.
  public struct Finding: Sendable, Encodable {
    /// The variant.
    public let attention: String
    /// layers or heads.
    public let granularity: String
    /// The type of products.
    public let precision: String
    /// The largest difference of a logit, by the largest logit.
    public let logits: Double
    /// The largest difference of a gradient, by the largest element of its tensor.
    public let gradients: Double
    /// What the logits may differ by.
    public let bound: Double
    /// What the gradients may differ by.
    public let gradientBound: Double
    /// Whether neither differs by more.
    public let passed: Bool

    enum CodingKeys: String, CodingKey {
      case attention, granularity, precision, logits, gradients, bound, passed
      case gradientBound = "gradient_bound"
    }

    /// Holds differences to what `precision` may cost: in bfloat16 each layer passes its rounding on.
    init(_ request: AttentionRequest, _ precision: Precision, logits: Double, gradients: Double) {
      (attention, granularity) = (request.variant.rawValue, request.granularity.rawValue)
      self.precision = precision.rawValue
      (self.logits, self.gradients) = (logits, gradients)
      (bound, gradientBound) = precision == .bf16 ? (0.04, 0.08) : (1e-4, 1e-3)
      passed = logits <= bound && gradients <= gradientBound
    }
  }

  /// The hybrids that are compared, the baseline first.
  public static let requests: [AttentionRequest] = [
    AttentionRequest(variant: .standard, ratio: 0), AttentionRequest(variant: .diff, ratio: 0.5),
    AttentionRequest(variant: .diff, ratio: 0.5, granularity: .heads), AttentionRequest(variant: .diffV2, ratio: 0.5),
    AttentionRequest(variant: .diffV2, ratio: 0.5, granularity: .heads),
    AttentionRequest(variant: .dex, ratio: 0.5), AttentionRequest(variant: .dex, ratio: 0.5, granularity: .heads),
    AttentionRequest(variant: .notebook, ratio: 0.5),
  ]
  private static let precisions: [Precision] = [.fp32, .bf16]

  private static let lengths = [1, 3, 17, 64, 64, 129, 200, 256]

  private let device: Device

  /// Makes a check of `device`.
  public init(_ device: Device) {
    self.device = device
  }

  /// Compares all; `report` is told of each.
  public func callAsFunction(_ report: (Finding) -> Void) throws -> [Finding] {
    try Self.requests.flatMap { request in
      let configuration = try configuration(request)
      let expected = try answers(configuration, on: .cpu, .fp32, .plain)
      return try Self.precisions.map { precision in
        let own = try answers(configuration, on: device, precision, nil)
        let finding = Finding(
          request, precision, logits: difference(own.logits, expected.logits),
          gradients: expected.gradients.map { difference(own.gradients[$0] ?? [], $1) }.max() ?? 0)
        report(finding)
        return finding
      }
    }
  }

  /// Whether dropout takes the same places from both maps of a head: of two equal maps nothing is left.
  public func dropsTheSameOfBothMaps() throws -> Bool {
    let q = try Tensor.normal([2, 4, 40, 16], seed: 1).to(device)
    let k = try Tensor.normal([2, 4, 40, 16], seed: 2).to(device)
    let v = try Tensor.normal([2, 4, 40, 32], seed: 3).to(device)
    let (first, second) = try Tensor.pairedAttention(
      queries: (q, q), keys: (k, k), value: v, mask: nil, dropout: 0.5, scale: 0.25)
    let (whole, _) = try Tensor.pairedAttention(
      queries: (q, q), keys: (k, k), value: v, mask: nil, dropout: 0, scale: 0.25)
    return try difference(first.floats(), second.floats()) < 1e-5 && difference(first.floats(), whole.floats()) > 0.01
  }

  private func configuration(_ request: AttentionRequest) throws -> BERTConfiguration {
    var configuration = BERTConfiguration(
      vocabularySize: 200, hiddenSize: 64, layerCount: 4, headCount: 4, intermediateSize: 128, maximumPositions: 256,
      labels: ["a", "b", "c"])
    configuration.initializerRange = 0.05
    configuration.farq = FarqConfiguration(attention: try request.plan(layers: 4, heads: 4, headSize: 16))
    return configuration
  }

  private func answers(
    _ configuration: BERTConfiguration, on device: Device, _ precision: Precision, _ operators: Operators?
  ) throws -> (logits: [Float], gradients: [String: [Float]]) {
    let model = try BERTClassifier(configuration, weights: nil, seed: 7, device: device, trainable: true)
    try Self.drawZeros(model)
    var generator = SeededGenerator(seed: 7)
    let documents = Self.lengths.map { (0..<$0).map { _ in Int32(generator.below(200)) } }
    var pass = ForwardPass()
    pass.chosenOperators = operators
    let (logits, loss) = try Torch.withAutocast(precision.dtype(on: device), on: device) {
      let logits = try model(BERTInput(documents: documents, device: device), pass).to(.float32)
      let targets = try Tensor(documents.indices.map { Int64($0 % 3) }, shape: [documents.count]).to(device)
      return (logits, try logits.crossEntropy(targets))
    }
    try loss.backward()
    var gradients: [String: [Float]] = [:]
    for name in model.parameters.names { gradients[name] = try model.parameters[name]?.gradient()?.floats() }
    return (try logits.floats(), gradients)
  }

  /// Gives parameters that start at zero (biases, W of `dex`, W_λ) other values, so that what they act on is compared too.
  private static func drawZeros(_ model: BERTClassifier) throws {
    for (index, name) in model.parameters.names.sorted().enumerated() {
      guard let parameter = model.parameters[name], try parameter.floats().allSatisfy({ $0 == 0 }) else { continue }
      try parameter.assign(.normal(parameter.shape, deviation: 0.05, seed: UInt64(index)).to(Device(of: parameter)))
    }
  }

  /// The largest difference, by the largest number; infinite where numbers are missing or not finite.
  private func difference(_ own: [Float], _ expected: [Float]) -> Double {
    guard own.count == expected.count, own.allSatisfy(\.isFinite) else { return .infinity }
    let largest = max(expected.map(abs).max() ?? 0, 0.02)
    return Double((zip(own, expected).map { abs($0 - $1) }.max() ?? 0) / largest)
  }
}
