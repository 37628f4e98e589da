/// What a server allows; the defaults are text-embeddings-inference's where it has the same limit.
public struct ServerSettings: Sendable {
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port; 0 lets the system choose.
  public var port = 8080
  /// What callers have to show, if anything.
  public var apiKey: APIKey?
  /// Bytes of a request's body, at most.
  public var bodyLimit = 2_000_000
  /// Texts of a request, at most.
  public var textLimit = 32
  /// How long a request may take to arrive, and how long its answer may take.
  public var timeout = Duration.seconds(30)
  /// How long a connection may be silent between requests.
  public var idleTimeout = Duration.seconds(60)
  /// Connections at once; further ones wait to be accepted.
  public var connectionLimit = 1024
  /// Explanations at once, the one in work included.
  public var explanationLimit = 4
  /// How long requests in work are waited for once the server was told to stop.
  public var drainTimeout = Duration.seconds(30)

  /// Makes the default settings.
  public init() {}
}

/// A secret that callers show as `Authorization: Bearer …`.
public struct APIKey: Sendable {
  private let secret: [UInt8]

  /// Makes a key; nil where it is empty or holds what no header can.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    secret = bytes
  }

  /// Whether a header's value shows the key; takes equally long for every value of the same length.
  public func accepts(_ header: String?) -> Bool {
    let shown = Array((header ?? "").utf8)
    let prefix = Array("bearer ".utf8)
    guard shown.count > prefix.count, shown[..<prefix.count].map({ $0 | 0x20 }) == prefix else { return false }
    let candidate = shown[prefix.count...]
    var difference = candidate.count ^ secret.count
    for (index, byte) in candidate.enumerated() { difference |= Int(byte ^ secret[index % secret.count]) }
    return difference == 0
  }
}
