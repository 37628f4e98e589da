import FarqCore
import FarqInference
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
  /// The body as a JSON object.
  ///
  /// - Throws: ``APIError``: 415 for another content type, 413 for more than `limit` bytes, 400 for what is no JSON object.
  func jsonObject(limit: Int) async throws -> [String: JSONValue] {
    let type = headers[.contentType]?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces) }
    if let type, type.lowercased() != "application/json", !type.isEmpty {
      throw APIError(
        .unsupportedMediaType, .validation, "the body is \(type): send JSON with Content-Type: application/json")
    }
    let tooLarge = APIError(
      .contentTooLarge, .validation, "the body is larger than \(limit) bytes: send fewer or shorter texts")
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
    let bytes: ByteBuffer
    do {
      bytes = try await body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw tooLarge
    } catch let error where !(error is CancellationError) {
      // The caller has gone, or was ended for its slowness: nobody reads this, and the log need not call it a fault.
      throw APIError(.badRequest, .validation, "the body broke off before its end: send it again")
    }
    guard let object = try? JSONDecoder().decode([String: JSONValue].self, from: Data(bytes.readableBytesView)) else {
      throw APIError(
        .badRequest, .validation, "the body is no JSON object in UTF-8: check its quotes, commas and braces")
    }
    return object
  }
}

/// The members of a request's object, taken one by one; those that nobody takes are unknown.
struct Members {
  private var rest: [String: JSONValue]

  init(_ object: [String: JSONValue]) { rest = object }

  /// A string; nil where it is missing or null.
  mutating func string(_ name: String) throws -> String? {
    try take(name, "a string") { $0.string }
  }

  /// A truth value; nil where it is missing or null.
  mutating func bool(_ name: String) throws -> Bool? {
    try take(name, "true or false") { $0.bool }
  }

  /// A whole number; nil where it is missing or null.
  mutating func integer(_ name: String) throws -> Int? {
    try take(name, "a whole number") { $0.integer }
  }

  /// Any value; nil where it is missing or null.
  mutating func value(_ name: String) -> JSONValue? {
    rest.removeValue(forKey: name).flatMap { $0 == .null ? nil : $0 }
  }

  /// - Throws: ``APIError`` 422 that names a member that nobody took.
  func refuseOthers(_ known: String) throws {
    guard let name = rest.keys.min() else { return }
    throw APIError.invalid("'\(name)' is unknown here: use \(known)")
  }

  private mutating func take<Value>(_ name: String, _ kind: String, _ read: (JSONValue) -> Value?) throws -> Value? {
    guard let value = value(name) else { return nil }
    guard let read = read(value) else { throw APIError.invalid("'\(name)' must be \(kind)") }
    return read
  }
}
