import FarqExperiment
import Foundation

/// Finds the checkpoint that a word on the command line means.
enum CheckpointPath {
  /// The folder itself; of a run folder with one checkpoint, that checkpoint; for `mini`, where no such folder is, the
  /// encoder that comes with Farq.
  static func resolve(_ path: String) -> URL {
    let folder = URL(userPath: path)
    if !FileManager.default.fileExists(atPath: folder.path), let included = ModelFolder.included(path) {
      return included
    }
    let checkpoints = folder.appendingPathComponent("checkpoints")
    let isCheckpoint = FileManager.default.fileExists(atPath: folder.appendingPathComponent("model.safetensors").path)
    guard !isCheckpoint, let names = try? FileManager.default.contentsOfDirectory(atPath: checkpoints.path),
      let only = names.first, names.count == 1
    else { return folder }
    return checkpoints.appendingPathComponent(only)
  }
}
