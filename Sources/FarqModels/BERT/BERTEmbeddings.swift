import FarqTorch

/// Word, position and type embeddings, normed (Devlin et al. 2019, figure 2). Every token is of type 0.
struct BERTEmbeddings {
  private let words: Embedding
  private let positions: Embedding
  private let types: Embedding
  private let norm: LayerNorm
  private let dropout: Dropout
  private let vocabularySize: Int
  private let maximumPositions: Int

  init(_ scope: ParameterScope, _ configuration: BERTConfiguration) throws {
    (vocabularySize, maximumPositions) = (configuration.vocabularySize, configuration.maximumPositions)
    let (size, deviation) = (configuration.hiddenSize, configuration.initializerRange)
    words = try Embedding(
      scope / "word_embeddings", words: configuration.vocabularySize, size: size, deviation: deviation,
      padding: configuration.padID, sparse: true)
    positions = try Embedding(
      scope / "position_embeddings", words: configuration.maximumPositions, size: size, deviation: deviation)
    types = try Embedding(
      scope / "token_type_embeddings", words: configuration.typeCount, size: size, deviation: deviation)
    norm = try LayerNorm(scope / "LayerNorm", size: size, epsilon: configuration.layerNormEpsilon)
    dropout = Dropout(configuration.hiddenDropout)
  }

  /// The word embeddings alone: T tokens → [T, D]
  func words(of input: BERTInput) throws -> Tensor {
    try input.check(vocabularySize: vocabularySize, maximumPositions: maximumPositions)
    return try input.wordEmbeddings ?? words(input.ids)  // [T, D]
  }

  /// T tokens → [T, D]
  func callAsFunction(_ input: BERTInput, _ pass: ForwardPass) throws -> Tensor {
    let sum =
      try words(of: input) + types.weight.narrowed(0, 0..<1) + positions(input.positions)  // [T, D]
    let states = try dropout(norm(sum), training: pass.training)  // [T, D]
    // On the processor the layers' states are of the products' type: half the memory, and no conversions on the way.
    guard pass.operators(on: input.rows.device) == .fused else { return states }
    return try states.to(Torch.stateType(on: .cpu))
  }
}
