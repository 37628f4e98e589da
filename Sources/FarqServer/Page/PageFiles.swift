import FarqCore
import FarqSample
import Foundation
import HTTPTypes
import NIOCore

/// The files that the page consists of, and the API's description: all are in the binary.
enum PageFiles {
  /// One file.
  struct File: Sendable {
    let type: String
    let body: ByteBuffer

    /// With the rules that a browser has to keep.
    var answer: Answer {
      var answer = Answer(type: type, body: body)
      answer.headers[.cacheControl] = "no-cache"
      answer.headers[.contentSecurityPolicy] = PageFiles.policy
      if let name = HTTPField.Name("Referrer-Policy") { answer.headers[name] = "no-referrer" }
      return answer
    }
  }

  /// Nothing comes from elsewhere, nothing is sent elsewhere, and no script stands in the page itself.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  /// By path.
  static let all: [String: File] = [
    "/": file("text/html", PackageResources.page_html),
    "/page.css": file("text/css", PackageResources.page_css),
    "/page.js": file("text/javascript", PackageResources.page_js),
    "/openapi.json": File(
      type: "application/json",
      body: ByteBuffer(
        string: String(decoding: PackageResources.openapi_json, as: UTF8.self)
          .replacingOccurrences(of: "FARQ_VERSION", with: FarqVersion.current))),
    "/examples.json": File(type: "application/json", body: ByteBuffer(bytes: examples)),
  ]

  private static func file(_ type: String, _ bytes: [UInt8]) -> File {
    File(type: "\(type); charset=utf-8", body: ByteBuffer(bytes: bytes))
  }

  /// An article of each label of the sample corpus, `[{"label", "text"}]`; an empty list where it was not installed.
  private static let examples: Data = {
    struct Article: Codable {
      let label: String
      let text: String
    }
    guard let file = SampleCorpus.file, let data = try? Data(contentsOf: file) else { return Data("[]".utf8) }
    var found: [Article] = []
    for line in data.split(separator: UInt8(ascii: "\n")) {
      guard let article = try? JSONDecoder().decode(Article.self, from: line),
        !found.contains(where: { $0.label == article.label })
      else { continue }
      found.append(article)
    }
    return (try? JSONEncoder().encode(found)) ?? Data("[]".utf8)
  }()
}
