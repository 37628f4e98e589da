import FarqCore
import FarqInference
import HTTPTypes

/// A request that is not answered as asked: a status, and one line in JSON, as text-embeddings-inference writes it:
/// `{"error": "…", "error_type": "Validation"}`.
struct APIError: Error, Sendable, Equatable {
  /// The kinds of errors, in the words of text-embeddings-inference.
  enum Kind: String, Sendable, Encodable {
    case validation = "Validation"
    case tokenizer = "Tokenizer"
    case empty = "Empty"
    case backend = "Backend"
    case overloaded = "Overloaded"
    case unhealthy = "Unhealthy"
    case unauthorized = "Unauthorized"
  }

  let status: HTTPResponse.Status
  let kind: Kind
  /// One line: what, where, and what to do.
  let message: String
  /// Headers that belong to the status.
  var headers: HTTPFields = [:]

  init(_ status: HTTPResponse.Status, _ kind: Kind, _ message: String, headers: HTTPFields = [:]) {
    self.status = status
    self.kind = kind
    self.message = message
    self.headers = headers
  }

  /// What the caller is told of any error; `nil` for one whose words are for the log alone.
  init?(_ error: any Error) {
    switch error {
    case let error as APIError: self = error
    case let error as SharedClassifier.Overloaded:
      self = .busy("\(error.waiting) texts wait already, of \(error.limit) at most")
    case let error as FarqError where error.kind == .usage: self.init(.unprocessableContent, .validation, error.message)
    case let error as FarqError where error.kind == .badData: self.init(.failedDependency, .backend, error.message)
    default: return nil
    }
  }

  /// 429: come again in a second.
  static func busy(_ why: String) -> APIError {
    APIError(
      .tooManyRequests, .overloaded, "the server is busy: \(why); send it again in a second",
      headers: [.retryAfter: "1"])
  }

  /// 422: the request was understood and cannot be answered.
  static func invalid(_ message: String, _ kind: Kind = .validation) -> APIError {
    APIError(.unprocessableContent, kind, message)
  }
}

extension HTTPResponse.Status {
  static let failedDependency = HTTPResponse.Status(code: 424, reasonPhrase: "Failed Dependency")
}
