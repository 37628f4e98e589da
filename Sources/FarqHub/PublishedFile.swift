import AsyncHTTPClient
import FarqCore
public import Foundation
import NIOHTTP1

/// A file that its publisher offers outside the hub, kept in the same cache.
public struct PublishedFile: Sendable {
  /// What users call it.
  public let name: String
  /// The file's name.
  public let file: String
  /// Where it comes from.
  public let address: String
  /// Its licence, and whom to name.
  public let licence: String

  /// SANAD's balanced subset (Einea, Elnagar and Al Debsi 2019, Data in Brief 25:104076), from Mendeley Data.
  public static let sanad = PublishedFile(
    name: "sanad", file: "SANAD_SUBSET.zip",
    address:
      "https://data.mendeley.com/public-files/datasets/57zpx667y9/files/bb58cb62-e41c-46c7-9744-59c22a2cadb1/file_downloaded",
    licence:
      "CC BY 4.0; name Einea, Elnagar and Al Debsi, SANAD: Single-label Arabic News Articles Dataset, doi:10.17632/57zpx667y9. The articles' copyright stays with the newspapers."
  )

  /// Where it is kept.
  public func place(_ settings: HubSettings) -> URL {
    settings.cache.deletingLastPathComponent().appendingPathComponent("farq").appendingPathComponent(file)
  }

  /// Fetches it, unless it is there.
  ///
  /// - Parameters:
  ///   - mirror: another address.
  ///   - sha256: what its bytes must hash to, 64 hexadecimal digits.
  ///   - accept: looks at the file before it gets its name, and throws where it is not what it should be.
  /// - Throws: ``FarqError`` as ``HubClient/checkpoint(_:progress:note:)`` does.
  public func fetch(
    _ settings: HubSettings, mirror: String? = nil, sha256: String? = nil,
    accept: @Sendable (URL) throws -> Void, progress: @escaping @Sendable (HubClient.Progress) -> Void = { _ in }
  ) async throws -> URL {
    let place = place(settings)
    guard !FileManager.default.fileExists(atPath: place.path) else { return place }
    guard !settings.isOffline else {
      throw FarqError(
        .unavailable, "\(file) is not at \(place.path), and HF_HUB_OFFLINE is set: unset it, or put the file there")
    }
    let repository = HubCache(place.deletingLastPathComponent(), at: name)
    try repository.makeFolder(of: place)
    let address = mirror ?? address
    let transport = try HubTransport(settings)
    do {
      try await repository.locked(file) {
        guard !FileManager.default.fileExists(atPath: place.path) else { return }
        let fetched = place.appendingPathExtension("fetched")
        let size = try await size(of: address, transport)
        let counter = ProgressCounter(progress)
        counter.add(total: size ?? 0)
        try await FileDownload(
          address: address, place: fetched, size: size, check: sha256.map { .sha256($0.lowercased()) }, name: file,
          progress: { counter.add(done: $0) }
        ).run(transport)
        do { try accept(fetched) } catch {
          try? FileManager.default.removeItem(at: fetched)
          throw error
        }
        try FileManager.default.moveItem(at: fetched, to: place)
      }
    } catch {
      await transport.close()
      throw error
    }
    await transport.close()
    return place
  }

  /// The size that the server tells beforehand; nil where it does not.
  private func size(of address: String, _ transport: HubTransport) async throws -> Int? {
    try await transport.retrying {
      let response = try await transport.head(address, followsAll: true)
      guard response.status.code != 405 else { return nil }
      guard response.status == .ok else { throw HubFailure.of(response, address, name: file) }
      return response.headers.first(name: "Content-Length").flatMap { Int($0) }
    }
  }
}
