public import FarqCore
public import FarqTorch
public import Foundation

extension BERTConfiguration {
  /// Reads `config.json` in `folder`.
  ///
  /// - Throws: ``FarqError`` that names the file and what is missing or not supported.
  public init(folder: URL) throws {
    let url = folder.appendingPathComponent("config.json")
    try self.init(object: JSONValue.object(in: url), path: url.path)
  }

  /// Reads the members of `config.json`; `path` is for messages.
  public init(object: [String: JSONValue], path: String) throws {
    if let type = object["model_type"]?.string, Self.encoderDecoderTypes.contains(type) {
      try self.init(encoderDecoder: object, path: path)
      return
    }
    let reader = ConfigurationReader(object: object, path: path)
    try reader.checkSupported()
    self.init(
      vocabularySize: try reader.size("vocab_size"), hiddenSize: try reader.size("hidden_size", atMost: 1 << 16),
      layerCount: try reader.size("num_hidden_layers", atMost: 1024),
      headCount: try reader.size("num_attention_heads", atMost: 1024),
      intermediateSize: try reader.size("intermediate_size"),
      maximumPositions: try reader.size("max_position_embeddings"), labels: try reader.labels())
    guard hiddenSize.isMultiple(of: headCount) else {
      throw FarqError(.badData, "\(path): hidden_size \(hiddenSize) is no multiple of num_attention_heads \(headCount)")
    }
    typeCount = try reader.size("type_vocab_size", default: 2, atMost: 1024)
    layerNormEpsilon = try reader.number("layer_norm_eps", default: 1e-12)
    initializerRange = try reader.number("initializer_range", default: 0.02)
    hiddenDropout = try reader.probability("hidden_dropout_prob", default: 0.1)
    attentionDropout = try reader.probability("attention_probs_dropout_prob", default: 0.1)
    classifierDropout = object["classifier_dropout"]?.number
    activation = try reader.activation()
    padID = object["pad_token_id"]?.integer ?? 0
    farq = try reader.farq()
    raw = object
    try plan.check(against: self, path: path)
  }

  /// The members of `config.json`: what was read, overwritten by what Farq knows.
  public func object(dtype: DType = .float32) throws -> [String: JSONValue] {
    var object = try architecture == .encoderDecoder ? encoderDecoderObject(dtype) : bertObject(dtype)
    if labels.isEmpty {
      for key in ["id2label", "label2id", "num_labels"] { object[key] = nil }
    } else {
      object["id2label"] = .object(
        Dictionary(labels.enumerated().map { (String($0), .string($1)) }, uniquingKeysWith: { first, _ in first }))
      object["label2id"] = .object(
        Dictionary(labels.enumerated().map { ($1, .integer($0)) }, uniquingKeysWith: { first, _ in first }))
      object["num_labels"] = nil
    }
    object["farq"] = try farq.map { try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode($0)) }
    return object
  }

  /// What a single BERT's file has.
  private func bertObject(_ dtype: DType) -> [String: JSONValue] {
    var object = raw
    object["model_type"] = .string(isHybrid ? "farq-bert" : "bert")
    object["architectures"] = .array([.string(className)])
    object["auto_map"] = isHybrid ? Self.autoMap : nil
    // What the tensors are saved in, whatever they came in.
    object["dtype"] = .string("\(dtype)")
    object["torch_dtype"] = .string("\(dtype)")
    object["vocab_size"] = .integer(vocabularySize)
    object["hidden_size"] = .integer(hiddenSize)
    object["num_hidden_layers"] = .integer(layerCount)
    object["num_attention_heads"] = .integer(headCount)
    object["intermediate_size"] = .integer(intermediateSize)
    object["max_position_embeddings"] = .integer(maximumPositions)
    object["type_vocab_size"] = .integer(typeCount)
    object["layer_norm_eps"] = .number(layerNormEpsilon)
    object["initializer_range"] = .number(initializerRange)
    object["hidden_dropout_prob"] = .number(hiddenDropout)
    object["attention_probs_dropout_prob"] = .number(attentionDropout)
    object["classifier_dropout"] = classifierDropout.map(JSONValue.number) ?? .null
    object["hidden_act"] = .string(activation.rawValue)
    object["pad_token_id"] = .integer(padID)
    object["position_embedding_type"] = .string("absolute")
    return object
  }

  /// transformers' class: a classifier where there are labels, else a model of masked words.
  private var className: String {
    (isHybrid ? "Farq" : "") + (labels.isEmpty ? "BertForMaskedLM" : "BertForSequenceClassification")
  }

  /// Where transformers finds the classes of a hybrid, with `trust_remote_code=True`.
  private static let autoMap = JSONValue.object([
    "AutoConfig": .string("modeling_farq.FarqBertConfig"),
    "AutoModelForSequenceClassification": .string("modeling_farq.FarqBertForSequenceClassification"),
    "AutoModelForMaskedLM": .string("modeling_farq.FarqBertForMaskedLM"),
  ])

  /// Writes `config.json` into `folder`, of tensors of `dtype`.
  public func write(to folder: URL, dtype: DType = .float32) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(encoder.encode(try object(dtype: dtype)), to: folder.appendingPathComponent("config.json"))
  }
}
