public import FarqTorch

/// BERT's embeddings and layers: from tokens to hidden states.
public struct BERTEncoder {
  let embeddings: BERTEmbeddings
  let layers: [BERTLayer]

  /// Takes `embeddings` and `encoder.layer.<l>` from `scope`.
  public init(_ scope: ParameterScope, _ configuration: BERTConfiguration) throws {
    let factory = AttentionFactory(
      plan: configuration.plan, stack: .encoder, size: AttentionSize(configuration, isCausal: false))
    embeddings = try BERTEmbeddings(scope / "embeddings", configuration)
    layers = try (0..<configuration.layerCount).map { index in
      try BERTLayer(scope / "encoder" / "layer" / index, configuration, index: index, attention: factory)
    }
  }

  /// T tokens → [T, D]
  public func callAsFunction(_ input: BERTInput, _ pass: ForwardPass) throws -> Tensor {
    var states = try embeddings(input, pass)  // [T, D]
    for (index, layer) in layers.enumerated() {
      pass.recorder?.layer = index
      pass.meter?.layer = index
      states = try layer(states, input.rows, pass)  // [T, D]
    }
    return states
  }

  /// T tokens of B documents → [B, D], the hidden states of first tokens; the last layer works out no other.
  public func first(_ input: BERTInput, _ pass: ForwardPass) throws -> Tensor {
    guard pass.operators(on: input.rows.device) != .plain else {
      return try input.rows.first(of: self(input, pass))  // [B, D]
    }
    var last = pass
    last.readsFirstRowsOnly = true
    var states = try embeddings(input, pass)  // [T, D]
    for layer in layers.dropLast() { states = try layer(states, input.rows, pass) }  // [T, D]
    guard let layer = layers.last else { return try input.rows.first(of: states) }
    return try layer(states, input.rows, last)  // [B, D]
  }

  /// The word embeddings of T tokens, before position and type are added, [T, D].
  public func wordEmbeddings(_ input: BERTInput) throws -> Tensor {
    try embeddings.words(of: input)
  }

  /// λ of each layer, empty where it is standard.
  public func lambdas() throws -> [[Double]] {
    try layers.map { try $0.attention.lambda() }
  }
}
