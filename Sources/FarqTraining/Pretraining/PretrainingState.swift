import FarqCore
import FarqInference
import FarqTorch
import Foundation

/// The state of a pretraining run on disk: weights, moments, random state and place, in one file.
struct PretrainingState: Codable {
  var settings: PretrainingSettings
  /// Updates done.
  var step = 0
  /// Sequences read of each of the two lengths, short and full.
  var sequencesRead = [0, 0]
  /// Tokens read.
  var tokens = 0
  /// Seconds of the run.
  var seconds = 0.0

  init(settings: PretrainingSettings) { self.settings = settings }

  private static let key = "farq_pretraining_state"

  static func file(in folder: URL) -> URL {
    folder.appendingPathComponent("pretraining-state.safetensors")
  }

  func save(_ parameters: ParameterStore, _ optimizer: AdamW, device: Device, to folder: URL) throws {
    var tensors = try optimizer.stateTensors
    for name in parameters.names { tensors["model.\(name)"] = parameters[name] }
    tensors["random"] = try Torch.randomState(of: device)
    let text = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try SafetensorsWriter.write(tensors, metadata: [Self.key: text], to: Self.file(in: folder))
  }

  /// The state in `folder`, put into model and optimizer; nil where there is none.
  ///
  /// - Throws: ``FarqError`` `badData` for a damaged one, `usage` where it is of other settings.
  static func load(
    _ parameters: ParameterStore, _ optimizer: AdamW, settings: PretrainingSettings, device: Device, from folder: URL
  ) throws -> PretrainingState? {
    let file = file(in: folder)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let source = try SafetensorsFile(file)
    guard let text = source.metadata[key],
      let state = try? JSONDecoder().decode(PretrainingState.self, from: Data(text.utf8))
    else { throw FarqError(.badData, "\(file.path) is no pretraining state: start anew without --resume") }
    var saved = state.settings
    saved.training.checkpointEvery = settings.training.checkpointEvery  // changes no number
    guard saved == settings else {
      throw FarqError(.usage, "\(file.path) is of a run with other settings: give the same ones, or omit --resume")
    }
    try optimizer.restore(from: source)
    for name in parameters.names {
      guard let parameter = parameters[name], let saved = try source.tensor("model.\(name)"),
        saved.shape == parameter.shape
      else { throw FarqError(.badData, "\(file.path) lacks \(name): start anew without --resume") }
      try parameter.assign(saved)
    }
    if let random = try source.tensor("random") { try Torch.setRandomState(random, of: device) }
    return state
  }
}
