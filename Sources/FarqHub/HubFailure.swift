import AsyncHTTPClient
import FarqCore
import Foundation
import NIOHTTP1

/// What an answer that is no success means for a user, by the status and the hub's `X-Error-Code`.
enum HubFailure {
  /// An error to throw: ``HubTransport/Passing`` where another attempt may help.
  static func of(_ response: HTTPClientResponse, _ address: String, name: String) -> any Error {
    let host = URLComponents(string: address).flatMap { $0.host } ?? address
    let page = address.components(separatedBy: "/resolve/")[0].replacingOccurrences(of: "/api/models/", with: "/")
    switch (response.status.code, response.headers.first(name: "X-Error-Code") ?? "") {
    case (_, "GatedRepo"):
      return FarqError(
        .unavailable,
        "\(name) is gated: ask for access at \(page.components(separatedBy: "/revision/")[0]), then set HF_TOKEN to a token of yours"
      )
    case (_, "RevisionNotFound"):
      return FarqError(.missingInput, "\(name): the hub has no such revision: check what follows the @")
    case (404, "EntryNotFound"): return FarqError(.missingInput, "\(name) is not in the repository: check its name")
    case (401, _), (404, _):
      return FarqError(
        .missingInput,
        "\(host) has no \(name), or it is private: check the name, and set HF_TOKEN for what is private")
    case (403, _): return FarqError(.unavailable, "\(host) refuses \(name): check what HF_TOKEN may read")
    case (408, _), (429, _), (500..., _):
      let error = FarqError(.unavailable, "\(host) answers \(response.status.code) for \(name): try again later")
      let wait = response.headers.first(name: "Retry-After").flatMap { Double($0) }
      return HubTransport.Passing(error: error, wait: wait.map { .seconds(min(max($0, 0), 300)) })
    default: return FarqError(.unavailable, "\(host) answers \(response.status.code) for \(name): try again later")
    }
  }
}
