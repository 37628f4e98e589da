import FarqCore
import FarqInference
import FarqMetrics
import FarqModels
import FarqTorch
import Foundation

/// The state of a run on disk: weights, moments, random state and place, in one file that is whole or not there.
enum TrainingState {
  /// What `load` gives.
  struct Restored {
    let progress: TrainingProgress
    let best: [Tensor]
  }

  /// The numbers beside the tensors.
  private struct Numbers: Codable {
    var settings: TrainingSettings
    var epoch: Int
    var updateInEpoch: Int
    var step: Int
    var seconds: Double
    var documents: Int
    var bestEpoch: Int
    var epochLoss: Double
    var epochDocuments: Int
    var bestTargets: [Int]
    var bestSeconds: Double
  }

  static func save(
    _ progress: TrainingProgress, model: any DocumentClassifier, optimizer: AdamW, best: [Tensor],
    settings: TrainingSettings, device: Device, to folder: URL
  ) throws {
    var tensors = try optimizer.stateTensors
    for (index, name) in model.parameters.names.enumerated() {
      tensors["model.\(name)"] = model.parameters[name]
      if best.indices.contains(index) { tensors["best.\(name)"] = best[index] }
    }
    tensors["random"] = try Torch.randomState(of: device)
    if let evaluation = progress.best {
      tensors["best_logits"] = try Tensor(evaluation.predictions.scores, shape: [evaluation.predictions.scores.count])
    }
    let numbers = Numbers(
      settings: settings, epoch: progress.epoch, updateInEpoch: progress.updateInEpoch, step: progress.step,
      seconds: progress.seconds, documents: progress.documents, bestEpoch: progress.bestEpoch,
      epochLoss: progress.epochLoss, epochDocuments: progress.epochDocuments,
      bestTargets: progress.best?.predictions.targets ?? [], bestSeconds: progress.best?.seconds ?? 0)
    let text = String(decoding: try JSONEncoder().encode(numbers), as: UTF8.self)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try SafetensorsWriter.write(tensors, metadata: ["farq_training_state": text], to: file(in: folder))
  }

  static func load(
    model: any DocumentClassifier, optimizer: AdamW, settings: TrainingSettings, device: Device, from folder: URL
  ) throws -> Restored? {
    guard FileManager.default.fileExists(atPath: file(in: folder).path) else { return nil }
    let source = try SafetensorsFile(file(in: folder))
    guard let text = source.metadata["farq_training_state"],
      let numbers = try? JSONDecoder().decode(Numbers.self, from: Data(text.utf8))
    else { throw FarqError(.badData, "\(folder.path) holds no training state: start anew without --resume") }
    var saved = numbers.settings
    saved.checkpointEvery = settings.checkpointEvery  // how often a state is saved changes no number
    guard saved == settings else {
      throw FarqError(
        .usage, "the state in \(folder.path) is of a run with other settings: give the same ones, or omit --resume")
    }
    try optimizer.restore(from: source)
    try restore(model, "model", from: source)
    if let random = try source.tensor("random") { try Torch.setRandomState(random, of: device) }
    let best = try model.parameters.names.compactMap { try source.tensor("best.\($0)")?.clone() }
    return Restored(progress: try progress(numbers, source, model), best: best)
  }

  /// Removes the state of a finished run.
  static func remove(from folder: URL) {
    try? FileManager.default.removeItem(at: file(in: folder))
  }

  private static func progress(
    _ numbers: Numbers, _ source: SafetensorsFile, _ model: any DocumentClassifier
  ) throws -> TrainingProgress {
    var progress = TrainingProgress()
    progress.epoch = numbers.epoch
    progress.updateInEpoch = numbers.updateInEpoch
    progress.step = numbers.step
    progress.seconds = numbers.seconds
    progress.documents = numbers.documents
    progress.bestEpoch = numbers.bestEpoch
    progress.epochLoss = numbers.epochLoss
    progress.epochDocuments = numbers.epochDocuments
    if let logits = try source.tensor("best_logits")?.floats() {
      progress.best = try Evaluation(
        logits: logits, targets: numbers.bestTargets, classCount: model.configuration.labels.count,
        seconds: numbers.bestSeconds)
    }
    return progress
  }

  private static func restore(_ model: any DocumentClassifier, _ prefix: String, from source: SafetensorsFile) throws {
    for name in model.parameters.names {
      guard let parameter = model.parameters[name], let saved = try source.tensor("\(prefix).\(name)"),
        saved.shape == parameter.shape
      else { throw FarqError(.badData, "the training state lacks \(name): start anew without --resume") }
      try parameter.assign(saved)
    }
  }

  private static func file(in folder: URL) -> URL {
    folder.appendingPathComponent("training-state.safetensors")
  }
}
