public import FarqTorch

/// BERT encoder and BERT decoder that name a document's label: Hugging Face's `EncoderDecoderModel` (Rothe et al. 2020).
///
/// A label's score is the mean log-probability of its name's tokens and `[SEP]`, each given those before it.
public final class EncoderDecoderClassifier: DocumentClassifier {
  /// Sizes, labels and attention plan.
  public let configuration: BERTConfiguration
  /// All parameters by their checkpoint names.
  public let parameters: ParameterStore
  /// Embeddings and layers of the encoder.
  public let encoder: BERTEncoder
  private let decoder: BERTDecoder
  private let head: PredictionHead
  private let tokens: LabelTokens

  /// Builds the model.
  ///
  /// - Parameters:
  ///   - weights: a checkpoint's tensors, or nil to draw all of them.
  ///   - trainable: copies the tensors and keeps gradients.
  ///   - mayDraw: parameters that the checkpoint may lack.
  /// - Throws: ``FarqError`` `badData` that lists every tensor that is missing, misshapen or left over.
  public init(
    _ configuration: BERTConfiguration, weights: (any WeightSource)?, seed: UInt64 = 0, device: Device = .cpu,
    trainable: Bool = false, mayDraw: @escaping (String) -> Bool = { _ in false }
  ) throws {
    self.configuration = configuration
    tokens = try configuration.checkedLabelTokens()
    let store = ParameterStore(
      source: weights, seed: seed, device: device, trainable: trainable, mayDraw: mayDraw)
    parameters = store
    let (hidden, deviation) = (configuration.hiddenSize, configuration.initializerRange)
    encoder = try BERTEncoder(store.root / "encoder", configuration)
    // transformers' encoder has a pooler that nothing uses; it is kept, so that its checkpoints stay whole.
    _ = try Linear(store.root / "encoder" / "pooler" / "dense", from: hidden, to: hidden, deviation: deviation)
    let bert = store.root / "decoder" / "bert"
    decoder = try BERTDecoder(bert, configuration)
    let words = try (bert / "embeddings" / "word_embeddings")
      .parameter("weight", shape: [configuration.vocabularySize, hidden], .normal(deviation: deviation))
    head = try PredictionHead(store.root / "decoder" / "cls" / "predictions", words: words, configuration)
    try store.finish()
  }

  /// B documents → each label's mean log-probability, [B, labels]. The encoder runs once a document, and all names of a
  /// batch are written together.
  public func callAsFunction(_ input: BERTInput, _ pass: ForwardPass) throws -> Tensor {
    let documents = input.rows.documentCount
    let labels = Array(tokens.names.indices)
    let names = try LabelSequences(
      tokens, labels: Array(repeating: labels, count: documents), device: parameters.device)
    let states = try decoded(input, names, pass)  // [R, D]
    let terms = try logProbabilities(states, of: names.targets)  // [R]
    let shares = try nameShares()  // [R / B, labels]
    let byDocument = try terms.reshaped([documents, shares.shape[0], 1])  // [B, R / B, 1]
    return try (byDocument * shares).sum([1])  // [B, labels]
  }

  /// The mean cross-entropy of the tokens of B names, as transformers', each weighed as its label.
  public func loss(
    _ input: BERTInput, targets: [Int], _ pass: ForwardPass, _ options: LossOptions
  ) throws -> Tensor {
    let names = try LabelSequences(tokens, labels: targets.map { [$0] }, device: parameters.device)
    let logits = try head(decoded(input, names, pass)).to(.float32)  // [R, V]
    guard let classWeights = options.classWeights else {
      return try logits.crossEntropy(names.targets, labelSmoothing: options.labelSmoothing)
    }
    let logs = try logits.logSoftmax(1)  // [R, V]
    let chosen = try logs.gathered(1, names.targets.reshaped([-1, 1])).reshaped([-1])  // [R]
    let smooth = options.labelSmoothing
    let terms = try chosen * (1 - smooth) + logs.mean([1]) * smooth  // [R]
    let weights = try classWeights.selecting(0, names.labels)  // [R]
    return try (terms * weights).sum() / weights.sum() * -1
  }

  /// The logits of every word after `[CLS]` and after each token of the given labels' names, one name a document:
  /// [R, V]
  public func words(_ input: BERTInput, labels: [Int], _ pass: ForwardPass = ForwardPass()) throws -> Tensor {
    let names = try LabelSequences(tokens, labels: labels.map { [$0] }, device: parameters.device)
    return try head(decoded(input, names, pass))
  }

  /// The word embeddings of the encoder's T tokens, before position and type are added, [T, D].
  public func wordEmbeddings(_ input: BERTInput) throws -> Tensor {
    try encoder.wordEmbeddings(input)
  }

  /// λ of each layer of the encoder, empty where it is standard.
  public func lambdas() throws -> [[Double]] {
    try encoder.lambdas()
  }

  /// λ of each layer of the decoder, empty where it is standard.
  public func decoderLambdas() throws -> [[Double]] {
    try decoder.lambdas()
  }

  /// Documents of T tokens and names of R → the decoder's states, [R, D]
  private func decoded(_ input: BERTInput, _ names: LabelSequences, _ pass: ForwardPass) throws -> Tensor {
    let input = try input.padded(for: configuration)
    let states = try encoder(input, pass)  // [T, D]
    let memory = try DecoderMemory(states: states, rows: input.rows, queryRows: names.rowsByDocument)
    return try decoder(names.input, memory, pass)  // [R, D]
  }

  /// log p of each row's target, [R, D] and [R] → [R]; as many rows at a time as 128 MB of logits hold.
  private func logProbabilities(_ states: Tensor, of targets: Tensor) throws -> Tensor {
    let count = targets.shape[0]
    let step = max(1, (1 << 25) / configuration.vocabularySize)
    let parts = try stride(from: 0, to: count, by: step).map { start in
      let range = start..<min(count, start + step)
      let logs = try head(states.narrowed(0, range)).to(.float32).logSoftmax(1)  // [r, V]
      return try logs.gathered(1, targets.narrowed(0, range).reshaped([-1, 1])).reshaped([-1])  // [r]
    }
    return try parts.count == 1 ? parts[0] : .concatenate(parts, 0)
  }

  /// 1 / (tokens of the name and [SEP]) where a row of a document belongs to a label, else 0: [R / B, labels]
  private func nameShares() throws -> Tensor {
    let count = tokens.names.count
    let rows = tokens.names.enumerated().flatMap { label, name in
      let row = (0..<count).map { $0 == label ? 1 / Float(name.count + 1) : 0 }
      return Array(repeating: row, count: name.count + 1)
    }
    return try Tensor(rows.flatMap { $0 }, shape: [rows.count, count]).to(parameters.device)
  }
}
