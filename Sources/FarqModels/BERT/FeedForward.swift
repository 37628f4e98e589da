import FarqTorch

/// The first half of BERT's feed-forward network: activation(x W + b).
struct FeedForward {
  private let dense: Linear
  private let activation: BERTConfiguration.Activation

  init(_ scope: ParameterScope, _ configuration: BERTConfiguration) throws {
    dense = try Linear(
      scope / "dense", from: configuration.hiddenSize, to: configuration.intermediateSize,
      deviation: configuration.initializerRange)
    activation = configuration.activation
  }

  /// [T, D] → [T, intermediate]
  func callAsFunction(_ x: Tensor, _ pass: ForwardPass) throws -> Tensor {
    if pass.operators(on: Device(of: x)) == .fused, activation != .relu {
      return try dense.gelu(x, activation == .geluNew ? .tanh : .erf)
    }
    return try activation(dense(x))
  }
}
