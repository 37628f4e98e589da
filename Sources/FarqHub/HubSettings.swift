import FarqCore
public import Foundation

/// Where the hub and its cache are, by the environment, as `huggingface_hub` 0.36 reads it (`constants.py`).
public struct HubSettings: Sendable, Equatable {
  /// The folder of all repositories: `$HF_HUB_CACHE`, else `hub` under `$HF_HOME`.
  public var cache: URL
  /// The hub's address without a slash at its end: `$HF_ENDPOINT`.
  public var endpoint: String
  /// What is shown for private and gated repositories: `$HF_TOKEN`, else the file `$HF_TOKEN_PATH` or `token` under `$HF_HOME`.
  public var token: String?
  /// Whether nothing may be asked over the network: `$HF_HUB_OFFLINE` (or `$TRANSFORMERS_OFFLINE`).
  public var isOffline: Bool
  /// The proxy for https, else for http; `$https_proxy`, `$http_proxy`, in capitals too.
  public var proxy: String?
  /// How often a request is tried that fails for a passing reason.
  public var attempts = 5
  /// The wait before the second attempt; it doubles each time.
  public var firstWait = Duration.seconds(1)
  /// Files fetched at once.
  public var parallel = 4
  /// How long a silent connection is waited for.
  public var silence = Duration.seconds(30)

  /// Reads the environment of this process, or `environment`.
  public init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
    func value(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    func folder(_ path: String) -> URL { URL(fileURLWithPath: (path as NSString).expandingTildeInPath) }
    let user = FileManager.default.homeDirectoryForCurrentUser
    let caches = value("XDG_CACHE_HOME").map(folder) ?? user.appendingPathComponent(".cache")
    let home = value("HF_HOME").map(folder) ?? caches.appendingPathComponent("huggingface")
    cache =
      value("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE").map(folder) ?? home.appendingPathComponent("hub")
    var address = value("HF_ENDPOINT") ?? "https://huggingface.co"
    while address.hasSuffix("/") { address.removeLast() }
    endpoint = address
    let file = value("HF_TOKEN_PATH").map(folder) ?? home.appendingPathComponent("token")
    let kept = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let words = (value("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN") ?? kept).trimmingCharacters(in: .whitespacesAndNewlines)
    token = words.isEmpty ? nil : words
    isOffline = ["1", "ON", "YES", "TRUE"].contains(
      (value("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE") ?? "").uppercased())
    proxy = value("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY")
  }
}

/// A repository of the hub at a revision: `owner/name`, `owner/name@revision`.
public struct HubRepository: Sendable, Equatable, CustomStringConvertible {
  /// `owner/name`.
  public let name: String
  /// A branch, tag or commit.
  public let revision: String

  /// Reads what a user wrote; nil where it cannot be a repository's name.
  ///
  /// Owner and name consist of ASCII letters, digits, `-`, `_` and `.` (`huggingface_hub`'s `validate_repo_id`).
  public init?(_ text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, names.allSatisfy(Self.isName) else { return nil }
    name = String(parts[0])
    revision = parts.count > 1 ? String(parts[1]) : "main"
    guard Self.isPath(revision) else { return nil }
  }

  /// As a user writes it.
  public var description: String { revision == "main" ? name : "\(name)@\(revision)" }

  /// The folder in the cache: `models--owner--name`.
  var folder: String { "models--" + name.replacingOccurrences(of: "/", with: "--") }

  /// Whether the revision is a commit, which never changes.
  var isCommit: Bool { Self.isCommit(revision) }

  static func isCommit(_ text: String) -> Bool { text.utf8.count == 40 && isHexadecimal(text) }

  static func isHexadecimal(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static func isName(_ text: Substring) -> Bool {
    guard (1...96).contains(text.utf8.count), !text.hasPrefix("."), !text.hasPrefix("-"), !text.contains("..") else {
      return false
    }
    return text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains($0)
    }
  }

  /// Whether a relative path stays below the folder that it is put into.
  static func isPath(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return !text.isEmpty && text.utf8.count < 512 && !text.contains("\\") && !text.utf8.contains(0)
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}
