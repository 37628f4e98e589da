import FarqCore
import FarqHub
import FarqTesting
import Foundation
import Synchronization
import Testing

/// Checkpoints from a hub with faults, into a cache that Hugging Face's clients share.
@Suite(.enabled(if: HubServer.isPossible, "python3 is missing: the hub of these tests runs in it"))
struct HubClientTests {
  private static let commit = "0123456789abcdef0123456789abcdef01234567"

  private func repository(_ name: String) throws -> HubRepository { try #require(HubRepository("farq/\(name)")) }

  private func error(_ body: () async throws -> Void) async -> FarqError? {
    do {
      try await body()
      return nil
    } catch { return error as? FarqError }
  }

  /// Blobs, refs, snapshots and relative links, as Python's client lays them; only what makes a checkpoint is fetched.
  @Test func layout() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    let seen = Mutex(HubClient.Progress())
    let place = try await HubClient(hub.settings(folder.url, token: "hf_x")).checkpoint(repository("plain")) {
      progress in
      seen.withLock { $0 = progress }
    }
    let home = folder.file("hub/models--farq--plain")
    #expect(place.path == home.appendingPathComponent("snapshots/\(Self.commit)").path)
    let files = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    #expect(files == ["README.md", "config.json", "model.safetensors", "tokenizer_config.json", "vocab.txt"])
    for file in files {
      let target = try FileManager.default.destinationOfSymbolicLink(atPath: place.appendingPathComponent(file).path)
      #expect(target.hasPrefix("../../blobs/") && target.utf8.count == 12 + (file == "model.safetensors" ? 64 : 40))
    }
    #expect(try String(contentsOf: home.appendingPathComponent("refs/main"), encoding: .utf8) == Self.commit)
    let weights = try Data(contentsOf: place.appendingPathComponent("model.safetensors"))
    #expect(weights.count == 1_024_000 && weights[257] == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.appendingPathComponent("blobs").path).count == 5)
    #expect(seen.withLock { $0.done == $0.total && $0.total > 1_024_000 })
    let requests = try hub.requests()
    #expect(requests.contains { $0.place == "hub" } && requests.contains { $0.place == "cdn" })
    for request in requests { #expect(request.token == (request.place == "hub" ? "Bearer hf_x" : nil), "\(request)") }
  }

  /// What is there is not fetched again; offline it is found without a request.
  @Test func cached() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    var settings = hub.settings(folder.url)
    let first = try await HubClient(settings).checkpoint(repository("plain"))
    let count = try hub.requests().count
    #expect(try await HubClient(settings).checkpoint(repository("plain")) == first)
    #expect(try hub.requests().count == count + 1)  // the listing alone
    settings.isOffline = true
    settings.endpoint = "http://127.0.0.1:1"
    #expect(try await HubClient(settings).checkpoint(repository("plain")) == first)
    let missing = await error { _ = try await HubClient(settings).checkpoint(repository("bin")) }
    #expect(missing?.kind == .unavailable && missing?.message.contains("HF_HUB_OFFLINE") == true)
    // Not offline, but the hub cannot be reached: the copy is used, and that is said.
    settings.isOffline = false
    settings.attempts = 1
    var notes: [String] = []
    #expect(try await HubClient(settings).checkpoint(repository("plain"), note: { notes.append($0) }) == first)
    #expect(notes.count == 1 && notes[0].contains("cannot reach 127.0.0.1"))
    let pinned = try #require(HubRepository("farq/plain@\(Self.commit)"))
    #expect(try await HubClient(settings).checkpoint(pinned) == first)
  }

  /// A connection that breaks off three times: each attempt goes on where the last one stopped.
  @Test func resumes() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    let place = try await HubClient(hub.settings(folder.url)).checkpoint(repository("cut"))
    #expect(try Data(contentsOf: place.appendingPathComponent("model.safetensors")).count == 1_024_000)
    let ranges = try hub.requests().filter { $0.place == "cdn" }.map(\.range)
    let starts = ranges.map { $0.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 0 }
    #expect(starts.count == 4 && starts == starts.sorted() && starts[3] > 0 && ranges[0] == nil, "\(ranges)")
  }

  /// More attempts than are allowed: the error says how far it came, the part is kept, and the next call goes on there.
  @Test func goesOnLater() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    var settings = hub.settings(folder.url)
    settings.attempts = 2
    let failure = await error { _ = try await HubClient(settings).checkpoint(repository("short")) }
    #expect(
      failure?.kind == .unavailable && failure?.message.contains(" of 1024000 bytes") == true, "\(failure as Any)"
    )
    let blobs = folder.file("hub/models--farq--short/blobs").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: blobs).contains { $0.hasSuffix(".incomplete") })
    settings.attempts = 9
    let place = try await HubClient(settings).checkpoint(repository("short"))
    #expect(try Data(contentsOf: place.appendingPathComponent("model.safetensors")).count == 1_024_000)
  }

  @Test func retriesWhatPasses() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    _ = try await HubClient(hub.settings(folder.url)).checkpoint(repository("busy"))
    #expect(try hub.requests().filter { $0.path.contains("/api/") }.count == 3)
    let failure = await error { _ = try await HubClient(hub.settings(folder.url)).checkpoint(repository("broken")) }
    #expect(failure?.kind == .unavailable && failure?.message.contains("answers 503") == true)
    #expect(try hub.requests().filter { $0.path.contains("broken") }.count == 5)
    var settings = hub.settings(folder.url)
    settings.attempts = 1
    let silent = await error { _ = try await HubClient(settings).checkpoint(repository("stalled")) }
    #expect(silent?.kind == .unavailable && silent?.message.contains("cannot reach") == true)
  }

  /// Content that is not what the hub says does not reach the cache.
  @Test func checksum() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    let failure = await error { _ = try await HubClient(hub.settings(folder.url)).checkpoint(repository("corrupt")) }
    #expect(
      failure?.kind == .badData && failure?.message.contains("model.safetensors does not have the checksum") == true)
    let home = folder.file("hub/models--farq--corrupt")
    #expect(
      !FileManager.default.fileExists(
        atPath: home.appendingPathComponent("snapshots/\(Self.commit)/model.safetensors").path))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: home.appendingPathComponent("blobs").path)
        .allSatisfy { $0.utf8.count == 40 })
  }

  @Test func access() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    func failure(_ name: String) async -> FarqError? {
      await error { _ = try await HubClient(hub.settings(folder.url)).checkpoint(#require(HubRepository(name))) }
    }
    let gated = await failure("farq/gated")
    #expect(
      gated?.kind == .unavailable
        && gated?.message.contains("gated: ask for access at \(hub.endpoint)/farq/gated,") == true)
    let hidden = await failure("farq/private")
    #expect(hidden?.kind == .missingInput && hidden?.message.contains("or it is private") == true)
    #expect(await failure("farq/none")?.kind == .missingInput)
    let revision = await failure("farq/plain@v9")
    #expect(revision?.kind == .missingInput && revision?.message.contains("no such revision") == true)
    let empty = await failure("farq/empty")
    #expect(empty?.kind == .badData && empty?.message.contains("neither model.safetensors") == true)
    for name in ["gated", "private"] {
      _ = try await HubClient(hub.settings(folder.url, token: "hf_right")).checkpoint(repository(name))
    }
  }

  /// Shards by their index, a `.bin` where there is nothing else, a repository that moved.
  @Test func forms() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    let client = HubClient(hub.settings(folder.url))
    func files(_ name: String) async throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: try await client.checkpoint(repository(name)).path).sorted()
    }
    #expect(
      try await files("sharded") == [
        "config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors",
        "model.safetensors.index.json", "tokenizer.json",
      ])
    #expect(try await files("bin") == ["config.json", "pytorch_model.bin", "vocab.txt"])
    #expect(try await files("renamed").contains("model.safetensors"))
    #expect(try await client.checkpoint(#require(HubRepository("farq/plain@v1"))).lastPathComponent == Self.commit)
    #expect(FileManager.default.fileExists(atPath: folder.file("hub/models--farq--plain/refs/v1").path))
  }

  /// Names that would leave the cache are not written.
  @Test func hostileNames() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    _ = try await HubClient(hub.settings(folder.url)).checkpoint(repository("evil"))
    let all = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    #expect(all.contains { $0.hasSuffix("config.json") })
    #expect(!all.contains { $0.hasSuffix("outside.json") || $0.hasSuffix("absolute") || $0.hasSuffix("/b") })
  }

  /// Two clients at once fetch each file once.
  @Test func together() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    let settings = hub.settings(folder.url)
    async let one = HubClient(settings).checkpoint(repository("plain"))
    async let two = HubClient(settings).checkpoint(repository("plain"))
    #expect(try await one == two)
    #expect(try hub.requests().filter { $0.place == "cdn" }.count == 1)
  }

  /// The cache is Python's, both ways.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["FARQ_PYTHON_WITH_HUB"] != nil,
      "FARQ_PYTHON_WITH_HUB names no Python that has huggingface_hub"))
  func interoperates() async throws {
    let folder = try TemporaryFolder()
    let hub = try HubServer(in: folder.url)
    func python(_ name: String, isOffline: Bool) throws -> String {
      let process = Process()
      process.executableURL = URL(
        fileURLWithPath: try #require(ProcessInfo.processInfo.environment["FARQ_PYTHON_WITH_HUB"]))
      process.arguments = [
        "-c",
        "import sys; from huggingface_hub import snapshot_download; print(snapshot_download(sys.argv[1], ignore_patterns=['*.bin', 'onnx/*', 'pytorch*']))",
        "farq/\(name)",
      ]
      process.environment = ProcessInfo.processInfo.environment.merging(
        [
          "HF_HOME": folder.url.path, "HF_ENDPOINT": hub.endpoint, "HF_HUB_OFFLINE": isOffline ? "1" : "0",
          "HF_HUB_DISABLE_XET": "1",
        ]) { $1 }
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let mine = try await HubClient(hub.settings(folder.url)).checkpoint(repository("plain"))
    #expect(try python("plain", isOffline: true) == mine.path)
    let theirs = try python("sharded", isOffline: false)
    var settings = hub.settings(folder.url)
    settings.isOffline = true
    #expect(try await HubClient(settings).checkpoint(repository("sharded")).path == theirs)
  }
}
