import FarqCore
import FarqInference

/// `POST /v1/classify`: `{"texts": ["…"], "model": "name", "truncate": true}`.
struct ClassifyRequest: Sendable, Equatable {
  var texts: [String]
  var model: String?
  var truncate = true

  /// - Throws: ``APIError`` 422 that names the member.
  init(_ object: [String: JSONValue], textLimit: Int) throws {
    var members = Members(object)
    guard let list = members.value("texts")?.array else {
      throw APIError.invalid("'texts' must be a list of strings, as in {\"texts\": [\"…\"]}")
    }
    texts = try list.enumerated().map { index, value in
      guard let text = value.string else { throw APIError.invalid("texts[\(index)] must be a string") }
      return text
    }
    try Self.check(texts.count, "texts", limit: textLimit)
    model = try members.string("model")
    truncate = try members.bool("truncate") ?? true
    try members.refuseOthers("texts, model and truncate")
  }

  /// - Throws: ``APIError`` 422 for no text or too many.
  static func check(_ count: Int, _ name: String, limit: Int) throws {
    guard count > 0 else { throw APIError.invalid("`\(name)` cannot be empty", .empty) }
    guard count <= limit else {
      throw APIError.invalid("`\(name)` holds \(count) texts, and this server takes \(limit) at once: send fewer")
    }
  }
}

/// `POST /predict`, as text-embeddings-inference has it: `inputs` is a text, or a batch as a list of lists of one text.
struct PredictRequest: Sendable, Equatable {
  var texts: [String]
  /// Whether the answer is a list of lists.
  var isBatch: Bool
  /// Logits in place of probabilities.
  var rawScores = false
  var truncate = true
  /// What becomes of texts that are too long: the start is kept, or the end (`truncation_direction: "Left"`).
  var long = LongDocument.head

  /// - Throws: ``APIError`` 422 that names the member.
  init(_ object: [String: JSONValue], textLimit: Int) throws {
    var members = Members(object)
    switch members.value("inputs") {
    case .string(let text): (texts, isBatch) = ([text], false)
    case .array(let list): (texts, isBatch) = (try Self.batch(list, limit: textLimit), true)
    default: throw APIError.invalid("'inputs' must be a text, or a batch as a list of lists: [[\"…\"], [\"…\"]]")
    }
    rawScores = try members.bool("raw_scores") ?? false
    truncate = try members.bool("truncate") ?? true
    switch try members.string("truncation_direction")?.lowercased() {
    case nil, "right": long = .head
    case "left": long = .tail
    default: throw APIError.invalid("'truncation_direction' must be Right or Left")
    }
  }

  private static func batch(_ list: [JSONValue], limit: Int) throws -> [String] {
    if list.count == 2, list.allSatisfy({ $0.string != nil }) { throw Self.pair("inputs") }
    let texts = try list.enumerated().map { index, value in
      guard let inner = value.array else {
        throw APIError.invalid("inputs[\(index)] must be a list of one text: a batch is [[\"…\"], [\"…\"]]")
      }
      if inner.count == 2, inner.allSatisfy({ $0.string != nil }) { throw Self.pair("inputs[\(index)]") }
      guard inner.count == 1, let text = inner[0].string else {
        throw APIError.invalid("inputs[\(index)] must be a list of one text")
      }
      return text
    }
    try ClassifyRequest.check(texts.count, "inputs", limit: limit)
    return texts
  }

  private static func pair(_ name: String) -> APIError {
    APIError.invalid(
      "`\(name)` is a pair of texts, and this model classifies single texts: send \"…\", or a batch as [[\"…\"], [\"…\"]]"
    )
  }
}

/// `POST /v1/explain`: `{"text": "…", "model": "name", "label": "…", "layer": 0, "head": 0}`.
struct ExplainRequest: Sendable, Equatable {
  var text: String
  var model: String?
  var label: String?
  var layer: Int?
  var head: Int?

  /// - Throws: ``APIError`` 422 that names the member.
  init(_ object: [String: JSONValue]) throws {
    var members = Members(object)
    guard let text = try members.string("text") else {
      throw APIError.invalid("'text' must be a string, as in {\"text\": \"…\"}")
    }
    self.text = text
    model = try members.string("model")
    label = try members.string("label")
    layer = try members.integer("layer")
    head = try members.integer("head")
    try members.refuseOthers("text, model, label, layer and head")
  }
}
