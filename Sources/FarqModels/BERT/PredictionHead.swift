import FarqTorch

/// BERT's head for masked words (Devlin et al. 2019, section 3.1): a dense layer, its activation and a norm, then the
/// word embeddings themselves as the decoder. Named as transformers names it: `cls.predictions`.
struct PredictionHead {
  private let dense: Linear
  private let norm: LayerNorm
  private let activation: BERTConfiguration.Activation
  /// [V, D], the embeddings' own tensor
  private let words: Tensor
  /// [V]
  private let bias: Tensor

  init(_ scope: ParameterScope, words: Tensor, _ configuration: BERTConfiguration) throws {
    let hidden = configuration.hiddenSize
    dense = try Linear(
      scope / "transform" / "dense", from: hidden, to: hidden, deviation: configuration.initializerRange)
    norm = try LayerNorm(scope / "transform" / "LayerNorm", size: hidden, epsilon: configuration.layerNormEpsilon)
    bias = try scope.parameter("bias", shape: [configuration.vocabularySize], .zeros)
    activation = configuration.activation
    self.words = words
  }

  /// M hidden states [M, D] → logits of every word [M, V]
  func callAsFunction(_ states: Tensor) throws -> Tensor {
    let changed = try norm(activation(dense(states)))  // [M, D]
    return try changed.linear(words, bias: bias)  // [M, V]
  }
}
