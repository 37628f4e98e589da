import FarqCore
public import FarqTorch

/// BERT with its head for masked words: Hugging Face's `BertForMaskedLM`, with standard or differential attention.
///
/// The pooler is kept where the checkpoint has one, so that an encoder that is trained on loses nothing.
public final class MaskedLanguageModel {
  /// Sizes and attention plan.
  public let configuration: BERTConfiguration
  /// All parameters by their checkpoint names.
  public let parameters: ParameterStore
  private let encoder: BERTEncoder
  private let pooler: Linear?
  private let head: PredictionHead

  /// Builds the model.
  ///
  /// - Parameters:
  ///   - weights: a checkpoint's tensors, or nil to draw all of them.
  ///   - hasPooler: makes a pooler even where the checkpoint has none.
  ///   - trainable: copies the tensors and keeps gradients.
  ///   - mayDraw: parameters that the checkpoint may lack, besides head and pooler.
  /// - Throws: ``FarqError`` `badData` that lists every tensor that is missing, misshapen or left over.
  public init(
    _ configuration: BERTConfiguration, weights: (any WeightSource)?, hasPooler: Bool = false, seed: UInt64 = 0,
    device: Device = .cpu, trainable: Bool = false, mayDraw: @escaping (String) -> Bool = { _ in false }
  ) throws {
    self.configuration = configuration
    let store = ParameterStore(source: weights, seed: seed, device: device, trainable: trainable) {
      Self.isHead($0) || mayDraw($0)
    }
    parameters = store
    let (hidden, deviation) = (configuration.hiddenSize, configuration.initializerRange)
    let bert = store.root / "bert"
    encoder = try BERTEncoder(bert, configuration)
    let poolerScope = bert / "pooler" / "dense"
    pooler =
      hasPooler || weights?.shape(of: "\(poolerScope.path).weight") != nil
      ? try Linear(poolerScope, from: hidden, to: hidden, deviation: deviation) : nil
    let words = try (bert / "embeddings" / "word_embeddings")
      .parameter("weight", shape: [configuration.vocabularySize, hidden], .normal(deviation: deviation))
    head = try PredictionHead(store.root / "cls" / "predictions", words: words, configuration)
    try store.finish(ignoring: { $0.hasPrefix("classifier.") })
  }

  /// T tokens → hidden states [T, D]
  public func states(_ input: BERTInput, _ pass: ForwardPass = ForwardPass()) throws -> Tensor {
    try encoder(input, pass)
  }

  /// Hidden states [T, D] → logits of the words at M `places` (int64, [M]): [M, V]. Only these are worked out.
  public func words(_ states: Tensor, at places: Tensor) throws -> Tensor {
    try head(states.selecting(0, places))
  }

  /// Hidden states [T, D] of B documents → what each is about, its pooled first token: [B, D]
  ///
  /// - Throws: ``FarqError`` `fault` where the model has no pooler.
  public func documents(_ states: Tensor, _ rows: PackedRows) throws -> Tensor {
    guard let pooler else { throw FarqError(.fault, "the model has no pooler") }
    let first = try states.selecting(0, rows.firstRows())  // [B, D]
    return try pooler(first).tanh()  // [B, D]
  }

  /// Parameters that an encoder's checkpoint may lack when a masked-language model is made of it.
  public static func isHead(_ name: String) -> Bool {
    name.hasPrefix("cls.predictions.") || name.hasPrefix("bert.pooler.")
  }
}

extension MaskedLanguageModel {
  /// The parameters as they stand, without gradients; later updates change them.
  public var weights: WeightDictionary {
    var tensors: [String: Tensor] = [:]
    for name in parameters.names { tensors[name] = parameters[name] }
    return WeightDictionary(tensors)
  }
}
