import FarqCore
import FarqHub
import FarqTesting
import Foundation
import Testing

/// SANAD from its publisher.
@Suite(.enabled(if: HubServer.isPossible, "python3 is missing: the server of these tests runs in it"))
struct PublishedFileTests {
  private let content = Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })

  @Test func fetchesChecksAndKeeps() async throws {
    let folder = try TemporaryFolder()
    try content.write(to: folder.file("given.zip"))
    let server = try HubServer(in: folder.url, published: folder.file("given.zip"))
    let settings = server.settings(folder.url, token: "hf_secret")
    let mirror = "\(server.endpoint)/files/SANAD_SUBSET.zip"
    // What is refused leaves nothing behind.
    let refused = await #expect(throws: FarqError.self) {
      try await PublishedFile.sanad.fetch(settings, mirror: mirror) { _ in throw FarqError(.badData, "no") }
    }
    #expect(refused?.message == "no")
    let wrong = await #expect(throws: FarqError.self) {
      try await PublishedFile.sanad.fetch(settings, mirror: mirror, sha256: String(repeating: "0", count: 64)) { _ in }
    }
    #expect(wrong?.message.contains("does not have the checksum") == true)
    let place = PublishedFile.sanad.place(settings)
    let beside = place.deletingLastPathComponent().path
    #expect(try FileManager.default.contentsOfDirectory(atPath: beside).allSatisfy { $0.hasPrefix(".") })
    let found = try await PublishedFile.sanad.fetch(settings, mirror: mirror) { file in
      guard try Data(contentsOf: file).count == 50_000 else { throw FarqError(.badData, "not whole") }
    }
    let kept = try Data(contentsOf: place)
    #expect(found == place && kept == content)
    let count = try server.requests().count
    let again = try await PublishedFile.sanad.fetch(settings, mirror: mirror, accept: { _ in })
    #expect(again == place)
    #expect(try server.requests().count == count)
  }

  @Test func offlineAndMissing() async throws {
    let folder = try TemporaryFolder()
    let server = try HubServer(in: folder.url)
    var settings = server.settings(folder.url)
    let missing = await #expect(throws: FarqError.self) {
      try await PublishedFile.sanad.fetch(settings, mirror: "\(server.endpoint)/files/SANAD_SUBSET.zip") { _ in }
    }
    #expect(missing?.kind == .missingInput)
    settings.isOffline = true
    let offline = await #expect(throws: FarqError.self) { try await PublishedFile.sanad.fetch(settings) { _ in } }
    #expect(offline?.kind == .unavailable && offline?.message.contains("HF_HUB_OFFLINE") == true)
  }
}
