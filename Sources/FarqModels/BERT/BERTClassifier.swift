import FarqCore
public import FarqTorch

/// BERT with pooler and classification head: Hugging Face's `BertForSequenceClassification`.
public final class BERTClassifier: DocumentClassifier {
  /// Sizes, labels and attention plan.
  public let configuration: BERTConfiguration
  /// All parameters by their checkpoint names.
  public let parameters: ParameterStore
  /// Embeddings and layers.
  public let encoder: BERTEncoder
  private let pooler: Linear
  private let dropout: Dropout
  private let classifier: Linear

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
    guard configuration.labels.count >= 2 else {
      throw FarqError(.badData, "the model has \(configuration.labels.count) labels; a classifier needs two or more")
    }
    try configuration.checkClassifies()
    try configuration.checkLabels(fit: weights)
    self.configuration = configuration
    let store = ParameterStore(
      source: weights, seed: seed, device: device, trainable: trainable, mayDraw: mayDraw)
    parameters = store
    let (hidden, deviation) = (configuration.hiddenSize, configuration.initializerRange)
    encoder = try BERTEncoder(store.root / "bert", configuration)
    pooler = try Linear(store.root / "bert" / "pooler" / "dense", from: hidden, to: hidden, deviation: deviation)
    dropout = Dropout(configuration.classifierDropout ?? configuration.hiddenDropout)
    classifier = try Linear(
      store.root / "classifier", from: hidden, to: configuration.labels.count, deviation: deviation)
    try store.finish()
  }

  /// B documents → logits [B, labels]
  public func callAsFunction(_ input: BERTInput, _ pass: ForwardPass = ForwardPass()) throws -> Tensor {
    let first = try encoder.first(input.padded(for: configuration), pass)  // [B, D]
    // The head costs nothing and decides between neighbours: it is worked out in fp32 whatever the precision.
    return try Torch.withAutocast(.float32, on: input.rows.device) {
      let pooled = try pooler(first.to(.float32)).tanh()  // [B, D]
      return try classifier(dropout(pooled, training: pass.training))  // [B, labels]
    }
  }

  /// The mean cross-entropy of B documents.
  public func loss(
    _ input: BERTInput, targets: [Int], _ pass: ForwardPass, _ options: LossOptions
  ) throws -> Tensor {
    let classes = try Tensor(targets.map(Int64.init), shape: [targets.count]).to(parameters.device)  // [B]
    return try self(input, pass).to(.float32)
      .crossEntropy(classes, classWeights: options.classWeights, labelSmoothing: options.labelSmoothing)
  }

  /// The word embeddings of T tokens, before position and type are added, [T, D].
  public func wordEmbeddings(_ input: BERTInput) throws -> Tensor {
    try encoder.wordEmbeddings(input)
  }

  /// λ of each layer, empty where it is standard.
  public func lambdas() throws -> [[Double]] {
    try encoder.lambdas()
  }

  /// There is no decoder.
  public func decoderLambdas() -> [[Double]] { [] }
}
