import FarqCore
import FarqExperiment
import FarqHub
import Foundation
import Synchronization

/// Finds the checkpoint that a word on the command line means.
enum CheckpointPath {
  /// The folder itself; of a run folder with one checkpoint, that checkpoint; where no such folder is, the encoder that
  /// comes with Farq for `mini`, and a checkpoint of the hub for `owner/name` and `owner/name@revision`.
  ///
  /// - Throws: ``FarqError`` of the hub; what is wrong with a folder is said by whoever reads it.
  static func resolve(_ path: String) throws -> URL {
    let folder = URL(userPath: path)
    if !FileManager.default.fileExists(atPath: folder.path) {
      if let included = ModelFolder.included(path) { return included }
      if let repository = hubRepository(path) { return try HubDownload.checkpoint(repository) }
    }
    let checkpoints = folder.appendingPathComponent("checkpoints")
    let isCheckpoint = FileManager.default.fileExists(atPath: folder.appendingPathComponent("model.safetensors").path)
    guard !isCheckpoint, let names = try? FileManager.default.contentsOfDirectory(atPath: checkpoints.path),
      let only = names.first, names.count == 1
    else { return folder }
    return checkpoints.appendingPathComponent(only)
  }

  /// A repository's name, unless its first part is a folder here: then it is a path with a slip.
  private static func hubRepository(_ path: String) -> HubRepository? {
    let first = path.split(separator: "/").first.map(String.init) ?? ""
    guard !FileManager.default.fileExists(atPath: URL(userPath: first).path) else { return nil }
    return HubRepository(path)
  }
}

/// Downloads with a bar on standard error.
enum HubDownload {
  static func checkpoint(_ repository: HubRepository, _ settings: HubSettings = HubSettings()) throws -> URL {
    let bar = DownloadBar("\(repository)")
    defer { bar.clear() }
    return try Blocking.run {
      try await HubClient(settings).checkpoint(repository, progress: bar.draw, note: { Console.note("  note: \($0)") })
    }
  }
}

/// A bar that several downloads draw.
final class DownloadBar: Sendable {
  private let bar = Mutex(ProgressBar())
  private let name: String

  init(_ name: String) { self.name = name }

  func draw(_ progress: HubClient.Progress) {
    let (done, total) = (progress.done / 1_000_000, progress.total / 1_000_000)
    bar.withLock { $0.draw(done, of: max(total, done), "MB of \(name)") }
  }

  func clear() { bar.withLock { $0.clear() } }
}
