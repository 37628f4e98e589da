import FarqCore
import FarqTorch

extension BERTConfiguration {
  /// transformers' words for encoder-decoders, and Farq's for hybrid ones.
  static let encoderDecoderTypes = ["encoder-decoder", "farq-encoder-decoder"]

  /// Reads the members of an encoder-decoder's `config.json`: two BERTs of the same sizes.
  init(encoderDecoder object: [String: JSONValue], path: String) throws {
    guard var encoder = object["encoder"]?.object, let decoder = object["decoder"]?.object else {
      throw FarqError(.badData, "\(path) lacks encoder or decoder: it is no encoder-decoder's config.json")
    }
    for key in ["id2label", "label2id", "num_labels"] { encoder[key] = object[key] }
    for key in ["architectures", "farq"] { encoder[key] = nil }
    try self.init(object: encoder, path: path)
    try checkDecoder(decoder, path: path)
    let reader = ConfigurationReader(object: object, path: path)
    farq = try reader.farq() ?? FarqConfiguration()
    farq?.architecture = .encoderDecoder
    if let names = labelTokens?.names, labels.isEmpty { labels = names.indices.map { "LABEL_\($0)" } }
    raw = object
    try plan.check(against: self, path: path)
  }

  /// Refuses a decoder that is not the encoder's like, or that sees no encoder.
  private func checkDecoder(_ object: [String: JSONValue], path: String) throws {
    guard object["is_decoder"] == .bool(true), object["add_cross_attention"] == .bool(true) else {
      throw FarqError(.badData, "\(path): the decoder has no cross-attention: Farq cannot read it")
    }
    guard object["tie_word_embeddings"] != .bool(false) else {
      throw FarqError(.badData, "\(path): the decoder's head is not tied to its embeddings: Farq cannot read it")
    }
    var decoder = try BERTConfiguration(object: object, path: path)
    (decoder.labels, decoder.farq, decoder.raw) = (labels, farq, raw)
    (decoder.classifierDropout, decoder.padID) = (classifierDropout, padID)
    guard decoder == self else {
      throw FarqError(.badData, "\(path): encoder and decoder are of different sizes: Farq takes two of one checkpoint")
    }
  }

  /// The members of an encoder-decoder's `config.json`, in transformers' layout.
  func encoderDecoderObject(_ dtype: DType) throws -> [String: JSONValue] {
    let wasEncoderDecoder = raw["encoder"]?.object != nil
    var object = wasEncoderDecoder ? raw : [:]
    object["model_type"] = .string(Self.encoderDecoderTypes[isHybrid ? 1 : 0])
    object["architectures"] = .array([.string(isHybrid ? "FarqEncoderDecoderModel" : "EncoderDecoderModel")])
    object["auto_map"] = isHybrid ? Self.encoderDecoderAutoMap : nil
    object["is_encoder_decoder"] = .bool(true)
    object["encoder"] = .object(try stackObject(wasEncoderDecoder ? raw["encoder"]?.object : raw, dtype))
    object["decoder"] = .object(
      try stackObject(wasEncoderDecoder ? raw["decoder"]?.object : raw, dtype)
        .merging(["is_decoder": .bool(true), "add_cross_attention": .bool(true)]) { $1 })
    object["dtype"] = .string("\(dtype)")
    object["pad_token_id"] = .integer(padID)
    if let labelTokens {
      object["decoder_start_token_id"] = .integer(Int(labelTokens.start))
      object["eos_token_id"] = .integer(Int(labelTokens.end))
    }
    return object
  }

  /// One stack's own members: a plain BERT's.
  private func stackObject(_ members: [String: JSONValue]?, _ dtype: DType) throws -> [String: JSONValue] {
    var plain = self
    (plain.farq, plain.labels, plain.raw) = (nil, [], members ?? [:])
    var object = try plain.object(dtype: dtype)
    for key in ["architectures", "id2label", "label2id", "num_labels", "torch_dtype"] { object[key] = nil }
    return object
  }

  /// Where transformers finds the classes of a hybrid, with `trust_remote_code=True`.
  private static let encoderDecoderAutoMap = JSONValue.object([
    "AutoConfig": .string("modeling_farq.FarqEncoderDecoderConfig"),
    "AutoModelForSeq2SeqLM": .string("modeling_farq.FarqEncoderDecoderModel"),
  ])

  /// How the decoder writes the labels' names; nil where the file does not say.
  public var labelTokens: LabelTokens? { farq?.labelTokens }

  /// The tokens of every label's name, checked.
  func checkedLabelTokens() throws -> LabelTokens {
    guard labels.count >= 2 else {
      throw FarqError(.badData, "the model has \(labels.count) labels; a classifier needs two or more")
    }
    guard let tokens = labelTokens, tokens.names.count == labels.count, !tokens.names.contains([]) else {
      throw FarqError(.badData, "config.json does not say how the \(labels.count) labels are written: train it anew")
    }
    return tokens
  }
}
