import FarqCore
import FarqInference
import FarqTorch
import Foundation

/// The state of a pretraining run on disk: weights, moments, random states and place; see ``SavedStates``.
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

  /// The states that are saved in `folder`.
  static func states(in folder: URL) -> SavedStates { SavedStates(folder: folder, name: "pretraining-state") }

  /// Saves the state; where several processes train, all must call, and the first writes.
  func save(
    _ parameters: ParameterStore, _ optimizer: AdamW, device: Device, parallel: DataParallel?, to folder: URL
  ) throws {
    var tensors = try optimizer.stateTensors
    tensors.merge(try RandomStates.tensors(on: device, parallel)) { $1 }
    guard parallel?.group.isFirst ?? true else { return }
    for name in parameters.names { tensors["model.\(name)"] = parameters[name] }
    try Self.states(in: folder).save(
      tensors, numbers: self, step: step, keeping: settings.training.keptCheckpoints)
  }

  /// The newest whole state in `folder`, which process 0 reads, put into model and optimizer; nil where there is none.
  ///
  /// - Throws: ``FarqError`` `badData` for a damaged one, `usage` where it is of other settings.
  static func load(
    _ parameters: ParameterStore, _ optimizer: AdamW, settings: PretrainingSettings, device: Device,
    parallel: DataParallel?, from folder: URL, note: (String) -> Void
  ) throws -> PretrainingState? {
    guard let (source, data) = try states(in: folder).newest(in: parallel?.group, note: note) else { return nil }
    guard let state = try? JSONDecoder().decode(PretrainingState.self, from: data) else {
      throw FarqError(.badData, "\(folder.path) holds no pretraining state: start anew without --resume")
    }
    var saved = state.settings
    let isOfThisRun = saved.training.decidesAs(settings.training)
    saved.training = settings.training
    guard isOfThisRun, saved == settings else {
      throw FarqError(
        .usage, "the state in \(folder.path) is of a run with other settings: give the same ones, or omit --resume")
    }
    try optimizer.restore(from: source)
    for name in parameters.names {
      guard let parameter = parameters[name], let saved = try source.tensor("model.\(name)"),
        saved.shape == parameter.shape
      else { throw FarqError(.badData, "the state in \(folder.path) lacks \(name): start anew without --resume") }
      try parameter.assign(saved)
    }
    try RandomStates.restore(
      from: source, on: device, parallel, seed: settings.training.seed, step: state.step)
    return state
  }
}
