import FarqCore
import FarqInference
public import FarqModels
public import FarqTokenizer
public import FarqTorch
public import Foundation

/// Trains a model of masked words: updates, held-out evaluations, and a state to go on from.
public final class Pretrainer {
  private let model: MaskedLanguageModel
  private let settings: PretrainingSettings
  private let device: Device
  private let optimizer: AdamW
  private let evaluator: MaskedEvaluator
  private let stateFolder: URL?
  private let schedule: LearningRateSchedule
  /// The corpus in short and in full length; the first is nil where all sequences are of full length.
  private var short: SequenceReader?
  private var full: SequenceReader
  private var state: PretrainingState
  private var clock = RunClock(seconds: 0)

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - model: a trainable model.
  ///   - newParameters: names of the parameters that differential attention added.
  ///   - corpus: the text to learn from.
  ///   - heldOut: text to measure on; it may be empty.
  ///   - tokenizer: that made both.
  ///   - stateFolder: where the state is saved for ``resume()``.
  /// - Throws: ``FarqError`` `badData` without text, `usage` for settings that cannot be.
  public init(
    model: MaskedLanguageModel, newParameters: Set<String> = [], corpus: TokenCorpus, heldOut: TokenCorpus,
    tokenizer: BERTTokenizer, settings: PretrainingSettings, device: Device = .cpu, stateFolder: URL? = nil
  ) throws {
    guard corpus.tokenCount > 0 else { throw FarqError(.badData, "there is no text to train on: give more data") }
    self.model = model
    self.settings = settings
    self.device = device
    self.stateFolder = stateFolder
    let masking = try WordMasking(tokenizer, share: settings.maskShare)
    let subjects =
      settings.documentWeight > 0
      ? try LatentSemantics(
        corpus, vocabulary: tokenizer.count, size: model.configuration.hiddenSize, seed: settings.training.seed) : nil
    func reader(
      _ text: TokenCorpus, _ length: Int, shuffles: Bool, subjects: LatentSemantics? = nil
    ) -> SequenceReader {
      SequenceReader(
        MaskedBatchMaker(
          corpus: text, layout: SequenceLayout(text, length: length), masking: masking,
          classificationID: tokenizer.classificationID, separatorID: tokenizer.separatorID,
          seed: settings.training.seed ^ UInt64(length) << 32, subjects: subjects),
        shuffles: shuffles)
    }
    full = reader(corpus, settings.maximumLength, shuffles: settings.training.shuffles, subjects: subjects)
    short = settings.shortLength.map {
      reader(corpus, $0, shuffles: settings.training.shuffles, subjects: subjects)
    }
    evaluator = MaskedEvaluator(
      short: heldOut.tokenCount == 0 ? nil : settings.shortLength.map { reader(heldOut, $0, shuffles: false) },
      full: heldOut.tokenCount == 0 ? nil : reader(heldOut, settings.maximumLength, shuffles: false),
      settings: settings, device: device)
    optimizer = try AdamW(
      ParameterGroups.make(
        model.parameters, new: newParameters, layers: model.configuration.layerCount, settings.training))
    schedule = LearningRateSchedule(
      shape: settings.training.schedule, warmupRatio: settings.training.warmupRatio,
      totalSteps: Self.totalSteps(settings, sequences: full.count))
    state = PretrainingState(settings: settings)
  }

  /// Updates of the whole run; with a time limit, as finely as the rate is set.
  public var totalSteps: Int { schedule.totalSteps }

  /// Updates done.
  public var step: Int { state.step }

  /// Tokens read.
  public var tokens: Int { state.tokens }

  /// Seconds of the run.
  public var seconds: Double { clock.seconds }

  /// Trains to the end; `report` is told of every update, evaluation and saved state.
  ///
  /// - Returns: what held-out text shows at the end; nil where there is none.
  /// - Throws: ``FarqError`` `badData` where the loss is no longer finite; what was saved stays.
  public func run(_ report: (PretrainingEvent) throws -> Void = { _ in }) throws -> MaskedEvaluation? {
    if state.step == 0 { try Torch.seed(settings.training.seed) }
    clock = RunClock(seconds: state.seconds)
    while progress < 1 {
      try report(.step(try update(batches())))
      if settings.evaluateEvery > 0, state.step.isMultiple(of: settings.evaluateEvery), progress < 1,
        let evaluation = try evaluator.evaluate(model, isShort: readsShort)
      {
        try report(.evaluated(step: state.step, tokens: state.tokens, evaluation))
      }
      if settings.training.checkpointEvery > 0, state.step.isMultiple(of: settings.training.checkpointEvery) {
        try saveState()
        try report(.saved(step: state.step))
      }
    }
    let evaluation = try evaluator.evaluate(model, isShort: false)
    if let evaluation { try report(.evaluated(step: state.step, tokens: state.tokens, evaluation)) }
    return evaluation
  }

  /// Goes on from the state in the state folder, if there is one.
  ///
  /// - Returns: the updates that were done already; 0 where there is no state.
  public func resume() throws -> Int {
    guard let stateFolder,
      let restored = try PretrainingState.load(
        model.parameters, optimizer, settings: settings, device: device, from: stateFolder)
    else { return 0 }
    state = restored
    return state.step
  }

  /// Whether `folder` holds the state of an interrupted run.
  public static func hasState(in folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: PretrainingState.file(in: folder).path)
  }

  /// Removes the saved state of a run that is finished.
  public func removeState() {
    if let stateFolder { try? FileManager.default.removeItem(at: PretrainingState.file(in: stateFolder)) }
  }

  /// Saves the state for ``resume()``.
  public func saveState() throws {
    guard let stateFolder else { return }
    state.seconds = clock.seconds
    try state.save(model.parameters, optimizer, device: device, to: stateFolder)
  }

  /// One update: forward and backward of each micro-batch, clipping, AdamW.
  package func update(_ batches: [MaskedBatch]) throws -> PretrainingEvent.Step {
    let start = ContinuousClock.now
    let progress = self.progress
    let (words, pieces) = batches.reduce(into: (0, 0)) {
      $0.0 += $1.targets.count
      $0.1 += $1.documents.count
    }
    var (loss, documentLoss) = (0.0, 0.0)
    for batch in batches {
      let parts = try backward(
        batch, share: Double(batch.targets.count) / Double(words),
        documentShare: Double(batch.documents.count) / Double(pieces))
      loss += parts.words
      documentLoss += parts.documents
    }
    let norm = try optimizer.clipGradients(to: settings.training.maximumGradientNorm).read()
    guard loss.isFinite, documentLoss.isFinite, norm.isFinite else {
      throw FarqError(
        .badData, "the loss is not finite at update \(state.step + 1): lower --learning-rate or use --precision fp32")
    }
    let place = settings.timeLimit == nil ? state.step : Int(progress * Double(schedule.totalSteps))
    let rate = settings.training.learningRate * schedule.factor(at: place)
    try optimizer.step(learningRate: rate)
    try optimizer.clearGradients()
    let tokens = batches.reduce(0) { $0 + $1.tokenCount }
    state.step += 1
    state.tokens += tokens
    return PretrainingEvent.Step(
      step: state.step, progress: self.progress, loss: loss, documentLoss: documentLoss, learningRate: rate,
      gradientNorm: norm, tokens: tokens, seconds: (ContinuousClock.now - start).seconds, elapsed: clock.seconds)
  }

  /// Adds the gradients of a micro-batch.
  private func backward(
    _ batch: MaskedBatch, share: Double, documentShare: Double
  ) throws -> (words: Double, documents: Double) {
    let losses = MaskedLosses(
      batch: batch, model: model, device: device, precision: settings.training.precision)
    let parts = try losses(ForwardPass(training: true, alpha: alpha))
    var loss = try parts.words * share
    if let documents = parts.documents { loss = try loss + documents * (documentShare * settings.documentWeight) }
    try loss.backward()
    return (try parts.words.scalar() * share, try (parts.documents?.scalar() ?? 0) * documentShare)
  }

  /// The micro-batches of the coming update.
  private func batches() -> [MaskedBatch] {
    let isShort = readsShort
    let scale = isShort ? settings.maximumLength / (settings.shortLength ?? settings.maximumLength) : 1
    let count = settings.training.batchSize * scale
    return (0..<settings.training.gradientAccumulation).map { _ in
      let place = state.sequencesRead[isShort ? 0 : 1]
      state.sequencesRead[isShort ? 0 : 1] += count
      return (isShort ? short?.batch(from: place, count: count) : nil) ?? full.batch(from: place, count: count)
    }
  }

  /// The share of the run that is done: of its updates, or of its time.
  private var progress: Double {
    settings.timeLimit.map { min(1, clock.seconds / $0) } ?? Double(state.step) / Double(max(1, totalSteps))
  }

  private var readsShort: Bool { short != nil && progress < settings.shortShare }

  /// α of `anneal` at the coming update.
  private var alpha: Double {
    guard let steps = settings.training.annealSteps else { return min(1, 3 * progress) }
    return steps > 0 ? min(1, Double(state.step) / Double(steps)) : 1
  }

  private static func totalSteps(_ settings: PretrainingSettings, sequences: Int) -> Int {
    if settings.timeLimit != nil { return 1_000_000 }
    let sequencesAnUpdate = settings.training.batchSize * settings.training.gradientAccumulation
    return settings.training.steps
      ?? (sequences * settings.training.epochs + sequencesAnUpdate - 1) / sequencesAnUpdate
  }
}
