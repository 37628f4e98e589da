import AsyncHTTPClient
import FarqCore
public import Foundation
import NIOCore
import NIOHTTP1

/// Fetches checkpoints from the hub into the cache that Hugging Face's clients share.
public struct HubClient: Sendable {
  /// How far a download is, over all its files.
  public struct Progress: Sendable, Equatable {
    /// Bytes that are here.
    public var done = 0
    /// Bytes of all files whose size is known.
    public var total = 0

    /// Nothing yet.
    public init() {}
  }

  private let settings: HubSettings

  /// Makes a client.
  public init(_ settings: HubSettings = HubSettings()) { self.settings = settings }

  /// The folder of a checkpoint, with the files that Farq and transformers read; what is there already is not fetched again.
  ///
  /// Offline (or where the hub cannot be reached) the commit that was last seen is taken, if its checkpoint is whole.
  ///
  /// - Parameters:
  ///   - progress: is told as bytes come.
  ///   - note: is told in a line where the hub could not be asked.
  /// - Throws: ``FarqError``: `missingInput` for what there is not, `unavailable` for network and access, `inputOutput` for
  ///   the disk, `badData` for content that is not what the hub says.
  public func checkpoint(
    _ repository: HubRepository, progress: @escaping @Sendable (Progress) -> Void = { _ in },
    note: (String) -> Void = { _ in }
  ) async throws -> URL {
    let cache = HubCache(settings.cache, repository)
    if settings.isOffline { return try kept(repository, cache, "HF_HUB_OFFLINE is set") }
    if repository.isCommit, let folder = whole(cache, repository.revision) { return folder }
    let transport = try HubTransport(settings)
    do {
      let folder = try await fetch(repository, cache, transport, progress)
      await transport.close()
      return folder
    } catch let error as FarqError where error.kind == .unavailable {
      await transport.close()
      guard let commit = cache.commit(repository), let folder = whole(cache, commit) else { throw error }
      note("\(error.message); the copy of \(repository) in the cache is used")
      return folder
    } catch {
      await transport.close()
      throw error
    }
  }

  // MARK: What is in the cache

  private func kept(_ repository: HubRepository, _ cache: HubCache, _ why: String) throws -> URL {
    guard let commit = cache.commit(repository), let folder = whole(cache, commit) else {
      throw FarqError(
        .unavailable,
        "\(repository) is not in the cache \(settings.cache.path), and \(why): unset it, or fetch it first")
    }
    return folder
  }

  /// The snapshot of a commit where it holds a checkpoint.
  private func whole(_ cache: HubCache, _ commit: String) -> URL? {
    let folder = cache.snapshot(commit)
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    let present = names.filter { cache.has($0, commit) }
    guard present.contains("config.json"), CheckpointFiles.hasVocabulary(present),
      let weights = CheckpointFiles.weights(present, shards: { shards(of: $0, in: folder) })
    else { return nil }
    return weights.allSatisfy { cache.has($0, commit) } ? folder : nil
  }

  private func shards(of index: String, in folder: URL) -> [String] {
    CheckpointFiles.shards(in: (try? Data(contentsOf: folder.appendingPathComponent(index))) ?? Data())
  }

  // MARK: What is fetched

  private func fetch(
    _ repository: HubRepository, _ cache: HubCache, _ transport: HubTransport,
    _ progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> URL {
    let (commit, files) = try await list(repository, transport)
    try cache.keep(commit, of: repository)
    let counter = ProgressCounter(progress)
    var wanted = CheckpointFiles.small(files)
    guard wanted.contains("config.json") else {
      throw FarqError(.badData, "\(repository) has no config.json: it is no checkpoint that Farq can read")
    }
    try await fetch(wanted, repository, commit, cache, transport, counter)
    let folder = cache.snapshot(commit)
    guard let weights = CheckpointFiles.weights(files, shards: { shards(of: $0, in: folder) }) else {
      throw FarqError(
        .badData,
        "\(repository) has neither model.safetensors nor pytorch_model.bin: it is no checkpoint that Farq can read")
    }
    wanted = weights.filter { !wanted.contains($0) }
    try await fetch(wanted, repository, commit, cache, transport, counter)
    return folder
  }

  private struct Listing: Decodable {
    struct File: Decodable { let rfilename: String }
    let sha: String
    let siblings: [File]
  }

  /// The commit of the revision, and its files; names that would leave their folder are left out.
  private func list(
    _ repository: HubRepository, _ transport: HubTransport
  ) async throws -> (commit: String, files: [String]) {
    let address =
      "\(settings.endpoint)/api/models/\(repository.name)/revision/\(Self.escaped(repository.revision, "/"))"
    let bytes = try await transport.retrying {
      let response = try await transport.get(address)
      guard response.status == .ok else { throw HubFailure.of(response, address, name: "\(repository)") }
      do {
        return try await response.body.collect(upTo: 16 << 20)
      } catch let error where !(error is NIOTooManyBytesError) {
        throw HubTransport.Passing(error: HubTransport.unreachable(address, error))
      }
    }
    guard let listing = try? JSONDecoder().decode(Listing.self, from: Data(bytes.readableBytesView)),
      HubRepository.isCommit(listing.sha)
    else {
      throw FarqError(.badData, "\(settings.endpoint) does not speak the hub's protocol: check HF_ENDPOINT")
    }
    return (listing.sha, listing.siblings.map(\.rfilename).filter(HubRepository.isPath))
  }

  private func fetch(
    _ files: [String], _ repository: HubRepository, _ commit: String, _ cache: HubCache, _ transport: HubTransport,
    _ counter: ProgressCounter
  ) async throws {
    let missing = files.filter { !cache.has($0, commit) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, file) in missing.enumerated() {
        if index >= settings.parallel { try await group.next() }
        group.addTask { try await fetch(file, repository, commit, cache, transport, counter) }
      }
      try await group.waitForAll()
    }
  }

  private func fetch(
    _ file: String, _ repository: HubRepository, _ commit: String, _ cache: HubCache, _ transport: HubTransport,
    _ counter: ProgressCounter
  ) async throws {
    let name = "\(repository.name)/\(file)"
    let address = "\(settings.endpoint)/\(repository.name)/resolve/\(commit)/\(Self.escaped(file, ""))"
    let response = try await transport.retrying {
      let response = try await transport.head(address)
      guard (200..<400).contains(response.status.code) else { throw HubFailure.of(response, address, name: name) }
      return response
    }
    let headers = response.headers
    guard let etag = Self.etag(headers.first(name: "X-Linked-Etag") ?? headers.first(name: "ETag")) else {
      throw FarqError(.unavailable, "\(settings.endpoint) gives no usable etag for \(name): check HF_ENDPOINT")
    }
    let size = (headers.first(name: "X-Linked-Size") ?? headers.first(name: "Content-Length")).flatMap { Int($0) }
    let blob = cache.blob(etag)
    try cache.makeFolder(of: blob)
    try await cache.locked(etag) {
      if !FileManager.default.fileExists(atPath: blob.path) {
        counter.add(total: size ?? 0)
        try await FileDownload(
          address: headers.first(name: "Location") ?? address, place: blob, size: size,
          check: FileDownload.Check(etag: etag), name: name, progress: { counter.add(done: $0) }
        ).run(transport)
      }
      try cache.link(file, commit, to: etag)
    }
  }

  /// An etag without its marks (`huggingface_hub`'s `_normalize_etag`); nil where it cannot be a file's name.
  static func etag(_ header: String?) -> String? {
    guard var text = header else { return nil }
    if text.hasPrefix("W/") { text.removeFirst(2) }
    text = text.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    return HubRepository.isPath(text) && !text.contains("/") && !text.hasPrefix(".") ? text : nil
  }

  private static func escaped(_ text: String, _ alsoEscaped: String) -> String {
    var allowed = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
    allowed.remove(charactersIn: alsoEscaped)
    return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
  }
}

/// Which files of a repository make a checkpoint.
enum CheckpointFiles {
  private static let wanted: Set = [
    "config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json",
    "added_tokens.json",
    "modeling_farq.py", "README.md", "model.safetensors.index.json",
  ]

  /// All but the weights; an index of shards only where there is no whole file.
  static func small(_ files: [String]) -> [String] {
    files.filter { wanted.contains($0) && !($0.hasSuffix(".index.json") && files.contains("model.safetensors")) }
  }

  static func hasVocabulary(_ files: [String]) -> Bool {
    files.contains("tokenizer.json") || files.contains("vocab.txt")
  }

  /// The weights in the order of preference; nil where there are none.
  ///
  /// - Parameter shards: the files that an index names.
  static func weights(_ files: [String], shards: (String) -> [String]) -> [String]? {
    if files.contains("model.safetensors") { return ["model.safetensors"] }
    if files.contains("model.safetensors.index.json") {
      let names = shards("model.safetensors.index.json")
      return names.isEmpty ? nil : names
    }
    return files.contains("pytorch_model.bin") ? ["pytorch_model.bin"] : nil
  }

  private struct Index: Decodable {
    let weightMap: [String: String]

    enum CodingKeys: String, CodingKey { case weightMap = "weight_map" }
  }

  /// The shards of an index, each once; names that would leave their folder are left out.
  static func shards(in index: Data) -> [String] {
    let map = (try? JSONDecoder().decode(Index.self, from: index))?.weightMap ?? [:]
    return Set(map.values).filter { HubRepository.isPath($0) && !$0.contains("/") }.sorted()
  }
}
