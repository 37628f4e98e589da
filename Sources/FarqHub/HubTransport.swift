import AsyncHTTPClient
import FarqCore
import Foundation
import NIOCore
import NIOHTTP1

/// Requests with redirects, retries and the token, which no other host ever sees.
struct HubTransport: Sendable {
  let settings: HubSettings
  private let client: HTTPClient

  init(_ settings: HubSettings) throws {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(10), read: .init(settings.silence)))
    if let proxy = settings.proxy { configuration.proxy = try Self.proxy(proxy) }
    self.settings = settings
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Ends all connections.
  func close() async { try? await client.shutdown() }

  /// What the hub says of a file without sending it: redirects to other hosts are followed only where
  /// `followsAll`.
  func head(_ address: String, followsAll: Bool = false) async throws -> HTTPClientResponse {
    try await send(.HEAD, address, followsAll: followsAll)
  }

  /// The answer of a GET; its body is still to be read.
  func get(_ address: String, from offset: Int = 0) async throws -> HTTPClientResponse {
    try await send(.GET, address, followsAll: true, offset: offset)
  }

  /// Tries `body` again for as long as the reason may pass, with growing waits.
  func retrying<Result>(_ body: () async throws -> Result) async throws -> Result {
    var wait = settings.firstWait
    for attempt in 1... {
      do {
        return try await body()
      } catch let error as Passing {
        guard attempt < settings.attempts else { throw error.error }
        try await Task.sleep(for: max(wait, error.wait ?? .zero))
        wait *= 2
      }
    }
    throw CancellationError()
  }

  /// A failure that may be over in a moment.
  struct Passing: Error {
    /// What is said once there are no more attempts.
    let error: FarqError
    /// How long the server asks to wait.
    var wait: Duration?
  }

  private func send(
    _ method: HTTPMethod, _ first: String, followsAll: Bool, offset: Int = 0
  ) async throws -> HTTPClientResponse {
    var address = first
    for _ in 0..<10 {
      var request = HTTPClientRequest(url: address)
      request.method = method
      request.headers.add(name: "User-Agent", value: "farq/\(FarqVersion.current)")
      request.headers.add(name: "Accept-Encoding", value: "identity")
      if offset > 0 { request.headers.add(name: "Range", value: "bytes=\(offset)-") }
      if let token = settings.token, Self.isSameHost(address, settings.endpoint) {
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
      }
      let response: HTTPClientResponse
      do {
        response = try await client.execute(request, deadline: .distantFuture)
      } catch let error where !(error is CancellationError) {
        throw Passing(error: Self.unreachable(address, error))
      }
      guard (300..<400).contains(response.status.code), let location = response.headers.first(name: "Location"),
        let next = URL(string: location, relativeTo: URL(string: address))?.absoluteURL
      else { return response }
      let isRelative = URL(string: location)?.host == nil
      guard followsAll || isRelative else { return response }
      guard next.scheme == "https" || !address.hasPrefix("https:") else {
        throw FarqError(.unavailable, "\(address) leads to \(next), which is not encrypted: it was not followed")
      }
      address = next.absoluteString
    }
    throw FarqError(.unavailable, "\(first) leads in a circle: try again later")
  }

  /// Scheme, host and port are the same.
  static func isSameHost(_ a: String, _ b: String) -> Bool {
    guard let a = URLComponents(string: a), let b = URLComponents(string: b) else { return false }
    return a.scheme == b.scheme && a.host == b.host && a.port == b.port && a.host != nil
  }

  static func unreachable(_ address: String, _ error: any Error) -> FarqError {
    let host = URLComponents(string: address).flatMap { $0.host } ?? address
    return FarqError(
      .unavailable,
      "cannot reach \(host): \(error); check the network, or set HF_ENDPOINT to a mirror, or HF_HUB_OFFLINE=1")
  }

  private static func proxy(_ text: String) throws -> HTTPClient.Configuration.Proxy {
    guard let parts = URLComponents(string: text.contains("://") ? text : "http://\(text)"), let host = parts.host
    else {
      throw FarqError(.usage, "the proxy '\(text)' is no address: set https_proxy to http://host:port")
    }
    let port = parts.port ?? 8080
    guard let user = parts.user, let password = parts.password else { return .server(host: host, port: port) }
    return .server(host: host, port: port, authorization: .basic(username: user, password: password))
  }
}
