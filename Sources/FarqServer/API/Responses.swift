import FarqCore
import FarqInference
import FarqModels

/// The answer of `POST /v1/classify`.
struct ClassifyResponse: Encodable {
  struct Result: Encodable {
    let label: String
    let score: Double
    let probabilities: [String: Double]
    let truncated: Bool
  }

  let model: String
  let results: [Result]

  init(model: String, _ results: [Classification], labels: [String]) {
    self.model = model
    self.results = results.map { result in
      Result(
        label: result.label, score: result.score,
        probabilities: Dictionary(zip(labels, result.probabilities), uniquingKeysWith: { first, _ in first }),
        truncated: result.isCut)
    }
  }
}

/// A label and its score, as `POST /predict` answers: all labels, the highest first.
struct LabelScore: Encodable, Equatable {
  let score: Double
  let label: String

  /// Probabilities (softmax), or logits where `raw` is asked for.
  static func ranked(_ result: Classification, labels: [String], raw: Bool) -> [LabelScore] {
    let scores = raw ? result.logits.map(Double.init) : result.probabilities
    return zip(scores, labels).map { LabelScore(score: $0, label: $1) }.sorted { $0.score > $1.score }
  }
}

/// An error in JSON.
struct ErrorResponse: Encodable {
  let error: String
  let errorType: APIError.Kind

  enum CodingKeys: String, CodingKey {
    case error
    case errorType = "error_type"
  }
}

/// `GET /info`: text-embeddings-inference's members for the first model, and every model in `models`.
struct InfoResponse: Encodable {
  struct Labels: Encodable {
    let id2label: [String: String]
    let label2id: [String: Int]
  }

  struct Kind: Encodable { let classifier: Labels }

  struct Model: Encodable {
    let name: String
    let labels: [String]
    let architecture: String
    /// `farq.attention` of the checkpoint's `config.json`.
    let attention: AttentionPlan
    let layerCount: Int
    let headCount: Int
    let maximumLength: Int

    enum CodingKeys: String, CodingKey {
      case name, labels, architecture, attention
      case layerCount = "layers"
      case headCount = "heads"
      case maximumLength = "max_input_length"
    }
  }

  let modelID: String
  let modelDType: String
  let modelType: Kind
  let maxInputLength: Int
  let maxBatchTokens: Int
  let maxClientBatchSize: Int
  let maxConcurrentRequests: Int
  let payloadLimit: Int
  let autoTruncate = true
  let version = FarqVersion.current
  let models: [Model]

  enum CodingKeys: String, CodingKey {
    case version, models
    case modelID = "model_id"
    case modelDType = "model_dtype"
    case modelType = "model_type"
    case maxInputLength = "max_input_length"
    case maxBatchTokens = "max_batch_tokens"
    case maxClientBatchSize = "max_client_batch_size"
    case maxConcurrentRequests = "max_concurrent_requests"
    case payloadLimit = "payload_limit"
    case autoTruncate = "auto_truncate"
  }

  init(_ catalog: ModelCatalog, _ settings: ServerSettings) {
    let first = catalog.first
    let labels = first.classifier.labels
    modelID = first.name
    modelDType = "float32"
    modelType = Kind(
      classifier: Labels(
        id2label: Dictionary(uniqueKeysWithValues: labels.enumerated().map { (String($0), $1) }),
        label2id: Dictionary(labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })))
    maxInputLength = first.classifier.encoder.maximumLength
    maxBatchTokens = first.classifier.batching.tokenBudget
    maxClientBatchSize = settings.textLimit
    maxConcurrentRequests = first.classifier.batching.queueLimit
    payloadLimit = settings.bodyLimit
    models = catalog.entries.map { entry in
      let sizes = entry.classifier.configuration
      return Model(
        name: entry.name, labels: entry.classifier.labels, architecture: sizes.architecture.rawValue,
        attention: sizes.plan,
        layerCount: sizes.layerCount, headCount: sizes.headCount,
        maximumLength: entry.classifier.encoder.maximumLength)
    }
  }
}
