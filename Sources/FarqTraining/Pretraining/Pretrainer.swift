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
  private let parallel: DataParallel?
  private let reducer: GradientReducer?
  /// Seconds of the run at the last look at the clock, which is that of process 0.
  private var agreedSeconds = 0.0
  /// The signal that ends the run after this update.
  private var signal: Int32?

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - model: a trainable model.
  ///   - newParameters: names of the parameters that differential attention added.
  ///   - corpus: the text to learn from.
  ///   - heldOut: text to measure on; it may be empty.
  ///   - tokenizer: that made both.
  ///   - parallel: the processes that train together, each a part of every update; nil for this one alone.
  ///   - stateFolder: where the state is saved for ``resume(_:)``.
  /// - Throws: ``FarqError`` `badData` without text, `usage` for settings that cannot be.
  public init(
    model: MaskedLanguageModel, newParameters: Set<String> = [], corpus: TokenCorpus, heldOut: TokenCorpus,
    tokenizer: BERTTokenizer, settings: PretrainingSettings, device: Device = .cpu, parallel: DataParallel? = nil,
    stateFolder: URL? = nil
  ) throws {
    guard corpus.tokenCount > 0 else { throw FarqError(.badData, "there is no text to train on: give more data") }
    self.model = model
    self.settings = settings
    self.device = device
    self.stateFolder = stateFolder
    self.parallel = parallel
    try parallel?.share(model.parameters.parameters)
    reducer = try parallel.map {
      try GradientReducer(model.parameters.parameters, group: $0.group, compresses: $0.compressesGradients)
    }
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
      settings: settings, device: device, group: parallel?.group)
    optimizer = try AdamW(
      ParameterGroups.make(
        model.parameters, new: newParameters, layers: model.configuration.layerCount, settings.training),
      shardedOver: parallel?.shardsOptimizer == true ? parallel?.group : nil)
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
  /// - Throws: ``FarqError`` `badData` where the loss is no longer finite; what was saved stays. ``Interruption`` where a signal
  ///   asks for an end, once the state is saved.
  public func run(_ report: (PretrainingEvent) throws -> Void = { _ in }) throws -> MaskedEvaluation? {
    if state.step == 0 { try Torch.seed(settings.training.seed, in: parallel) }
    clock = RunClock(seconds: state.seconds)
    try lookAtClock()
    try StopRequest.watching { try train(report) }
    let evaluation = try evaluator.evaluate(model, isShort: false)
    if let evaluation { try report(.evaluated(step: state.step, tokens: state.tokens, evaluation)) }
    return evaluation
  }

  private func train(_ report: (PretrainingEvent) throws -> Void) throws {
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
      if let signal {
        try saveState()
        try report(.saved(step: state.step))
        throw Interruption(
          signal: signal,
          message: "stopped after update \(state.step)"
            + (stateFolder == nil ? "" : "; the state is saved: go on with --resume"))
      }
    }
  }

  /// All processes go by the clock of process 0, where time decides anything.
  private func lookAtClock() throws {
    agreedSeconds = clock.seconds
    guard settings.timeLimit != nil, let group = parallel?.group else { return }
    agreedSeconds = try group.sum([group.isFirst ? agreedSeconds : 0])[0]
  }

  /// Goes on from the state in the state folder, if there is one.
  ///
  /// - Parameter note: is told of damaged states that are passed over.
  /// - Returns: the updates that were done already; 0 where there is no state.
  public func resume(_ note: (String) -> Void = { _ in }) throws -> Int {
    guard let stateFolder,
      let restored = try PretrainingState.load(
        model.parameters, optimizer, settings: settings, device: device, parallel: parallel, from: stateFolder,
        note: note)
    else { return 0 }
    state = restored
    return state.step
  }

  /// Whether `folder` holds the state of an interrupted run.
  public static func hasState(in folder: URL) -> Bool {
    !PretrainingState.states(in: folder).steps.isEmpty
  }

  /// Removes the saved state of a run that is finished.
  public func removeState() {
    if let stateFolder { PretrainingState.states(in: stateFolder).removeAll() }
  }

  /// Saves the state for ``resume(_:)``.
  public func saveState() throws {
    guard let stateFolder else { return }
    state.seconds = clock.seconds
    try state.save(model.parameters, optimizer, device: device, parallel: parallel, to: stateFolder)
  }

  /// One update: forward and backward of each micro-batch, clipping, AdamW.
  package func update(_ batches: [MaskedBatch]) throws -> PretrainingEvent.Step {
    let start = ContinuousClock.now
    let progress = self.progress
    let totals = try totals(of: batches)
    var (loss, documentLoss) = (0.0, 0.0)
    let own = batches.filter { !$0.targets.isEmpty }
    if own.isEmpty { try reducer?.arm() }
    for (index, batch) in own.enumerated() {
      if index == own.count - 1 { try reducer?.arm() }
      let parts = try backward(
        batch, share: Double(batch.targets.count) / totals.words,
        documentShare: Double(batch.documents.count) / totals.pieces)
      loss += parts.words
      documentLoss += parts.documents
    }
    signal = StopRequest.signal
    if let group = parallel?.group {
      try reducer?.finish()
      let sums = try group.sum([loss, documentLoss, signal == nil ? 0 : 1])
      (loss, documentLoss) = (sums[0], sums[1])
      if sums[2] > 0 { signal = signal ?? SIGTERM }
    }
    let norm = try optimizer.clipGradients(to: settings.training.maximumGradientNorm).read()
    guard loss.isFinite, documentLoss.isFinite, norm.isFinite else {
      throw FarqError(
        .badData,
        "the loss is not finite at update \(state.step + 1), of the sequences before \(state.sequencesRead.map(String.init).joined(separator: " and ")): lower --learning-rate or use --precision fp32; \(lastState)"
      )
    }
    let place = settings.timeLimit == nil ? state.step : Int(progress * Double(schedule.totalSteps))
    let rate = settings.training.learningRate * schedule.factor(at: place)
    try optimizer.step(learningRate: rate)
    try optimizer.clearGradients()
    let tokens = Int(totals.tokens)
    state.step += 1
    state.tokens += tokens
    try lookAtClock()
    return PretrainingEvent.Step(
      step: state.step, progress: self.progress, loss: loss, documentLoss: documentLoss, learningRate: rate,
      gradientNorm: norm, tokens: tokens, seconds: (ContinuousClock.now - start).seconds, elapsed: clock.seconds)
  }

  /// Hidden words, pieces and tokens of an update, of all processes.
  private func totals(of batches: [MaskedBatch]) throws -> (words: Double, pieces: Double, tokens: Double) {
    let own = [
      batches.reduce(0) { $0 + $1.targets.count }, batches.reduce(0) { $0 + $1.documents.count },
      batches.reduce(0) { $0 + $1.tokenCount },
    ].map(Double.init)
    let all = try parallel?.group.sum(own) ?? own
    return (all[0], all[1], all[2])
  }

  /// What is left where a run cannot go on.
  private var lastState: String {
    stateFolder.flatMap { PretrainingState.states(in: $0).steps.first }
      .map { "the last good state is of update \($0)" } ?? "no state was saved"
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
      let (part, parts) = (parallel?.group.rank ?? 0, parallel?.group.count ?? 1)
      return (isShort ? short?.batch(from: place, count: count, part: part, of: parts) : nil)
        ?? full.batch(from: place, count: count, part: part, of: parts)
    }
  }

  /// The share of the run that is done: of its updates, or of its time.
  private var progress: Double {
    settings.timeLimit.map { min(1, agreedSeconds / $0) } ?? Double(state.step) / Double(max(1, totalSteps))
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
