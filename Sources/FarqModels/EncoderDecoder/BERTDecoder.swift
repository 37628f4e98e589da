public import FarqTorch

/// A BERT that writes: embeddings and layers whose self-attention is causal, over the encoder's states.
public struct BERTDecoder {
  private let embeddings: BERTEmbeddings
  private let layers: [BERTDecoderLayer]

  /// Takes `embeddings` and `encoder.layer.<l>` from `scope` (`decoder.bert`).
  public init(_ scope: ParameterScope, _ configuration: BERTConfiguration) throws {
    let factory = AttentionFactory(
      plan: configuration.plan, stack: .decoder, size: AttentionSize(configuration, isCausal: true))
    embeddings = try BERTEmbeddings(scope / "embeddings", configuration)
    layers = try (0..<configuration.layerCount).map { index in
      try BERTDecoderLayer(scope / "encoder" / "layer" / index, configuration, index: index, attention: factory)
    }
  }

  /// R tokens → [R, D]. A recorder counts these layers on after the encoder's.
  func callAsFunction(_ input: BERTInput, _ memory: DecoderMemory, _ pass: ForwardPass) throws -> Tensor {
    var states = try embeddings(input, pass)  // [R, D]
    for (index, layer) in layers.enumerated() {
      pass.recorder?.layer = layers.count + index
      states = try layer(states, input.rows, memory, pass)  // [R, D]
    }
    return states
  }

  /// λ of each layer, empty where it is standard.
  public func lambdas() throws -> [[Double]] {
    try layers.map { try $0.attention.lambda() }
  }
}
