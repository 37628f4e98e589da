import FarqCore
import FarqInference
import FarqMetrics
import FarqModels
import FarqTorch
import Foundation

/// The state of a run on disk: weights, moments, random states and place; see ``SavedStates``.
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

  /// Saves the state; where several processes train, all must call, and the first writes.
  static func save(
    _ progress: TrainingProgress, model: any DocumentClassifier, optimizer: AdamW, best: [Tensor],
    settings: TrainingSettings, device: Device, parallel: DataParallel?, to folder: URL
  ) throws {
    var tensors = try optimizer.stateTensors
    tensors.merge(try RandomStates.tensors(on: device, parallel)) { $1 }
    guard parallel?.group.isFirst ?? true else { return }
    for (index, name) in model.parameters.names.enumerated() {
      tensors["model.\(name)"] = model.parameters[name]
      if best.indices.contains(index) { tensors["best.\(name)"] = best[index] }
    }
    if let evaluation = progress.best {
      tensors["best_logits"] = try Tensor(evaluation.predictions.scores, shape: [evaluation.predictions.scores.count])
    }
    let numbers = Numbers(
      settings: settings, epoch: progress.epoch, updateInEpoch: progress.updateInEpoch, step: progress.step,
      seconds: progress.seconds, documents: progress.documents, bestEpoch: progress.bestEpoch,
      epochLoss: progress.epochLoss, epochDocuments: progress.epochDocuments,
      bestTargets: progress.best?.predictions.targets ?? [], bestSeconds: progress.best?.seconds ?? 0)
    try states(in: folder).save(tensors, numbers: numbers, step: progress.step, keeping: settings.keptCheckpoints)
  }

  /// Puts back the newest whole state, which process 0 reads.
  ///
  /// - Parameter note: is told of damaged ones.
  static func load(
    model: any DocumentClassifier, optimizer: AdamW, settings: TrainingSettings, device: Device,
    parallel: DataParallel?, from folder: URL, note: (String) -> Void
  ) throws -> Restored? {
    guard let (source, data) = try states(in: folder).newest(in: parallel?.group, note: note) else { return nil }
    guard let numbers = try? JSONDecoder().decode(Numbers.self, from: data) else {
      throw FarqError(.badData, "\(folder.path) holds no training state: start anew without --resume")
    }
    guard numbers.settings.decidesAs(settings) else {
      throw FarqError(
        .usage, "the state in \(folder.path) is of a run with other settings: give the same ones, or omit --resume")
    }
    try optimizer.restore(from: source)
    try restore(model, "model", from: source)
    try RandomStates.restore(
      from: source, on: device, parallel, seed: settings.seed, step: numbers.step)
    let best = try model.parameters.names.compactMap { try source.tensor("best.\($0)")?.clone() }
    return Restored(progress: try progress(numbers, source, model), best: best)
  }

  /// The states that are saved in `folder`.
  static func states(in folder: URL) -> SavedStates { SavedStates(folder: folder, name: "training-state") }

  private static func progress(
    _ numbers: Numbers, _ source: some WeightSource, _ model: any DocumentClassifier
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

  private static func restore(_ model: any DocumentClassifier, _ prefix: String, from source: some WeightSource) throws
  {
    for name in model.parameters.names {
      guard let parameter = model.parameters[name], let saved = try source.tensor("\(prefix).\(name)"),
        saved.shape == parameter.shape
      else { throw FarqError(.badData, "the training state lacks \(name): start anew without --resume") }
      try parameter.assign(saved)
    }
  }
}
