import FarqCore
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What Hummingbird keeps of a request.
struct ServerContext: RequestContext {
  var coreContext: CoreRequestContextStorage

  init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}

/// Finds the route of a request, and does for all routes alike: the request's identifier, the key, refusal while the server
/// drains, errors in JSON, counts and a line in the log. No text of a request is ever logged.
struct Responder: HTTPResponder {
  typealias Context = ServerContext

  let routes: [String: [HTTPRequest.Method: Route]]
  let settings: ServerSettings
  let state: ServerState
  let logger: Logger

  func respond(to request: Request, context: ServerContext) async throws -> Response {
    let start = ContinuousClock.now
    let identifier = Self.identifier(request.headers[Self.identifierName])
    state.metrics.begin()
    var answer: Answer
    var notes: Logger.Metadata = [:]
    do {
      answer = try await self.answer(request)
    } catch {
      let shown = APIError(error)
      if shown == nil { notes["error"] = "\(error)" }
      answer = Self.answer(shown ?? Self.fault(identifier))
    }
    let path = routes[request.uri.path] == nil ? "other" : request.uri.path
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    state.metrics.end(
      path: path, method: routes[request.uri.path] == nil ? "any" : request.method.rawValue,
      status: answer.status.code, seconds: seconds)
    notes.merge(answer.notes) { $1 }
    log(request, identifier, answer, seconds, notes)
    return Self.response(answer, identifier, isHead: request.method == .head)
  }

  private func answer(_ request: Request) async throws -> Answer {
    guard let methods = routes[request.uri.path] else {
      throw APIError(.notFound, .validation, "there is nothing at \(request.uri.path.prefix(100)): see /openapi.json")
    }
    guard let route = methods[request.method == .head ? .get : request.method] else {
      let allowed = methods.keys.map(\.rawValue).sorted().joined(separator: ", ")
      throw APIError(
        .methodNotAllowed, .validation, "\(request.uri.path) takes \(allowed)", headers: [.allow: allowed])
    }
    if route.isGuarded, let key = settings.apiKey, !key.accepts(request.headers[.authorization]) {
      throw APIError(
        .unauthorized, .unauthorized, "the API key is missing or wrong: send Authorization: Bearer …",
        headers: [.wwwAuthenticate: "Bearer"])
    }
    guard !route.isWork || !state.isDraining else {
      throw APIError(
        .serviceUnavailable, .unhealthy, "the server is stopping: ask another one", headers: [.retryAfter: "5"])
    }
    guard route.isWork else { return try await route.handle(request) }
    return try await within(settings.timeout) { try await route.handle(request) }
  }

  /// The answer, or 503 once `timeout` is over; what was not begun is then left undone.
  private func within(
    _ timeout: Duration, _ body: @escaping @Sendable () async throws -> Answer
  ) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer.self) { group in
      group.addTask(operation: body)
      group.addTask {
        try await Task.sleep(for: timeout)
        throw APIError(
          .serviceUnavailable, .overloaded,
          "there is no answer after \(timeout.components.seconds) seconds: send fewer texts, or later",
          headers: [.retryAfter: "5"])
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() else { throw CancellationError() }
      return answer
    }
  }

  // MARK: What is said

  private static let identifierName = HTTPField.Name("X-Request-Id") ?? .eTag

  /// The caller's own identifier where it is short and plain, else a new one.
  private static func identifier(_ header: String?) -> String {
    guard let header, (1...128).contains(header.utf8.count), header.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      return UUID().uuidString.lowercased()
    }
    return header
  }

  private static func fault(_ identifier: String) -> APIError {
    APIError(.internalServerError, .backend, "the server failed: its log says more under request \(identifier)")
  }

  private static func answer(_ error: APIError) -> Answer {
    var answer =
      (try? Answer(json: ErrorResponse(error: error.message, errorType: error.kind), status: error.status))
      ?? Answer(status: error.status, type: "text/plain", body: ByteBuffer())
    answer.headers.append(contentsOf: error.headers)
    return answer
  }

  private static func response(_ answer: Answer, _ identifier: String, isHead: Bool) -> Response {
    var headers = answer.headers
    headers[.contentType] = answer.type
    headers[identifierName] = identifier
    headers[.xContentTypeOptions] = "nosniff"
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    headers[.contentLength] = "\(answer.body.readableBytes)"
    return Response(
      status: answer.status, headers: headers, body: isHead ? .init() : .init(byteBuffer: answer.body))
  }

  private func log(
    _ request: Request, _ identifier: String, _ answer: Answer, _ seconds: Double, _ notes: Logger.Metadata
  ) {
    let isQuiet = routes[request.uri.path]?[.get]?.isWork == false && answer.status.code < 400
    logger.log(
      level: answer.status.code == 500 ? .error : answer.status.code > 500 ? .warning : isQuiet ? .debug : .info,
      "request",
      metadata: notes.merging([
        "id": .string(identifier), "method": .string(request.method.rawValue),
        "path": .string(String(request.uri.path.prefix(200))), "status": .stringConvertible(answer.status.code),
        "ms": .stringConvertible((seconds * 10_000).rounded() / 10),
      ]) { $1 })
  }
}

/// One route: what it does, and whether it needs the key and is refused while the server drains.
struct Route: Sendable {
  var isGuarded = true
  var isWork = false
  let handle: @Sendable (Request) async throws -> Answer
}

/// An answer before its headers.
struct Answer: Sendable {
  var status = HTTPResponse.Status.ok
  var type: String
  var body: ByteBuffer
  var headers: HTTPFields = [:]
  /// What the log says of it; never a text.
  var notes: Logger.Metadata = [:]

  init(status: HTTPResponse.Status = .ok, type: String, body: ByteBuffer) {
    self.status = status
    self.type = type
    self.body = body
  }

  /// A value in JSON.
  init(json value: some Encodable, status: HTTPResponse.Status = .ok, notes: Logger.Metadata = [:]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    self.init(status: status, type: "application/json", body: ByteBuffer(bytes: try encoder.encode(value)))
    self.notes = notes
  }
}

/// What changes while a server runs.
final class ServerState: Sendable {
  let metrics = ServerMetrics()
  private let draining = Atomic(false)
  private let explanations = Atomic(0)

  /// Whether the server was told to stop.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  func drain() { draining.store(true, ordering: .relaxed) }

  /// Runs `body` where fewer than `limit` explanations are in work.
  ///
  /// - Throws: ``APIError`` 429.
  func explaining<Result>(limit: Int, _ body: () async throws -> Result) async throws -> Result {
    let count = explanations.add(1, ordering: .relaxed).newValue
    defer { explanations.subtract(1, ordering: .relaxed) }
    guard count <= limit else { throw APIError.busy("\(limit) explanations are in work") }
    return try await body()
  }
}
