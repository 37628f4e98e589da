import FarqCore
import FarqInference
public import FarqModels
public import FarqTorch
public import Foundation

/// Fine-tunes a classifier: updates, an evaluation after each epoch, and the best epoch's weights kept.
public final class Trainer {
  private let model: any DocumentClassifier
  private let settings: TrainingSettings
  private let device: Device
  private let optimizer: AdamW
  private let pieces: any TokenPieces
  private let targets: [Int]
  private let order: BatchOrder
  private let validation: TrainingDocuments
  private let classWeights: Tensor?
  /// The weight of each piece in the loss of its batch.
  private let weights: [Double]?
  private let parallel: DataParallel?
  private let reducer: GradientReducer?
  /// What a training document is called, for errors.
  private let nameOfDocument: (Int) -> String
  private let teacher: TeacherLogits?
  /// The document that each piece is of.
  private let documentOfPiece: [Int]
  private let schedule: LearningRateSchedule
  /// Tokens of a padded micro-batch that the device has room for; nil where nothing limits them.
  private let tokenBudget: Int?
  private let stateFolder: URL?
  private var progress = TrainingProgress()
  private var unread = UnreadUpdates()
  private var bestWeights: [Tensor] = []
  /// The signal that ends the run after this update.
  private var signal: Int32?

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - model: a trainable model; it holds the best epoch's weights afterwards.
  ///   - newParameters: names of the parameters that differential attention added.
  ///   - training: the documents to learn from; of windows each is a document of its own.
  ///   - validation: the documents that choose the best epoch.
  ///   - teacher: logits of the training documents to learn from beside their labels; see ``Distillation``.
  ///   - parallel: the processes that train together, each a part of every update; nil for this one alone.
  ///   - stateFolder: where the state is saved for `--resume`.
  ///   - nameOfDocument: what the training document of a number is called.
  public init(
    model: any DocumentClassifier, newParameters: Set<String> = [], training: TrainingDocuments,
    validation: TrainingDocuments, settings: TrainingSettings, device: Device = .cpu, teacher: TeacherLogits? = nil,
    parallel: DataParallel? = nil, stateFolder: URL? = nil,
    nameOfDocument: @escaping (Int) -> String = { "document \($0 + 1)" }
  ) throws {
    guard training.count > 0, validation.count > 0 else {
      throw FarqError(.badData, "there are no documents to train or to validate on: give more data")
    }
    self.model = model
    self.settings = settings
    self.device = device
    self.validation = validation
    self.stateFolder = stateFolder
    self.parallel = parallel
    self.nameOfDocument = nameOfDocument
    guard teacher.map({ $0.count == training.count }) ?? true else {
      throw FarqError(.fault, "the teacher has logits of other documents than those to train on")
    }
    self.teacher = teacher
    pieces = training.tokens
    documentOfPiece = training.documentOfPiece
    targets = documentOfPiece.map { training.targets[$0] }
    order = BatchOrder(lengths: pieces.lengths, settings: settings)
    let balance = settings.balancesClasses ? Self.balanced(targets, model.configuration.labels.count) : nil
    classWeights = try balance.map { try Tensor($0, shape: [$0.count]).to(device) }
    weights = Self.weights(targets, balance, teacher == nil ? model.configuration.farq?.labelTokens : nil)
    try parallel?.share(model.parameters.parameters)
    reducer = try parallel.map {
      try GradientReducer(model.parameters.parameters, group: $0.group, compresses: $0.compressesGradients)
    }
    optimizer = try AdamW(
      ParameterGroups.make(
        model.parameters, new: newParameters, layers: model.configuration.layerCount, settings),
      lossScale: settings.precision.lossScale(on: device),
      shardedOver: parallel?.shardsOptimizer == true ? parallel?.group : nil)
    tokenBudget = try TokenBudget.training(model.configuration, settings.precision, on: device)
    schedule = LearningRateSchedule(
      shape: settings.schedule, warmupRatio: settings.warmupRatio, totalSteps: Self.totalSteps(order, settings))
  }

  /// Updates of the whole run.
  public var totalSteps: Int { schedule.totalSteps }

  /// Epochs that are done, with their evaluation.
  public var epochsDone: Int { progress.epoch }

  /// Trains; `report` is told of every update and epoch.
  ///
  /// - Throws: ``FarqError`` `badData` where the loss is no longer finite; what was saved stays.
  ///   ``Interruption`` where a signal asks for an end, once the state is saved.
  public func run(_ report: (TrainingEvent) -> Void = { _ in }) throws -> TrainingOutcome {
    if progress.step == 0 { try Torch.seed(settings.seed, in: parallel) }
    try StopRequest.watching {
      while progress.step < totalSteps, !isPatienceOver { try runEpoch(report) }
    }
    try restoreBest()
    guard let best = progress.best else { throw FarqError(.usage, "no update was asked for: use --epochs or --steps") }
    return TrainingOutcome(
      bestEpoch: progress.bestEpoch, best: best, steps: progress.step, trainSeconds: progress.seconds,
      documentsPerSecond: Double(progress.documents) / max(progress.seconds, 1e-9))
  }

  /// Updates of the whole run, by `steps` or by `epochs`.
  private static func totalSteps(_ order: BatchOrder, _ settings: TrainingSettings) -> Int {
    settings.steps ?? order.updateCount * settings.epochs
  }

  /// Whether epochs without a better one have been enough; a hybrid is not given up before it is differential.
  private var isPatienceOver: Bool {
    guard let patience = settings.earlyStopping, progress.bestEpoch > 0 else { return false }
    return progress.epoch - progress.bestEpoch >= patience && isPure(epoch: progress.bestEpoch)
  }

  private func runEpoch(_ report: (TrainingEvent) -> Void) throws {
    let updates = order.updates(epoch: progress.epoch)
    unread.restartClock()
    for update in updates.dropFirst(progress.updateInEpoch) where progress.step < totalSteps {
      try self.update(update, of: updates.count)
      if unread.isDue(on: device) || isStateDue {
        try readUpdates(report)
        if isStateDue { try saveState() }
        unread.restartClock()
      }
      if let signal { try stop(signal, report) }
    }
    try readUpdates(report)
    let evaluation = try evaluate(report)
    progress.epoch += 1
    progress.updateInEpoch = 0
    let isBest = isBest(evaluation)
    if isBest { try keepBest(evaluation) }
    report(
      .epoch(
        TrainingEvent.EpochEvent(
          epoch: progress.epoch, step: progress.step, trainLoss: progress.takeEpochLoss(), evaluation: evaluation,
          lambdas: try model.lambdas(), decoderLambdas: try model.decoderLambdas(), isBest: isBest)))
    if settings.checkpointEvery > 0 { try saveState() }
  }

  /// Ends the run between two updates.
  private func stop(_ signal: Int32, _ report: (TrainingEvent) -> Void) throws -> Never {
    try readUpdates(report)
    try saveState()
    throw Interruption(
      signal: signal,
      message: "stopped after update \(progress.step) of \(totalSteps)"
        + (stateFolder == nil ? "" : "; the state is saved: go on with --resume"))
  }

  /// Whether the epoch that has ended is the best so far. One that was purely differential from its start takes the place
  /// of one in which the hybrid was still turning, whose weights are not yet those of a differential model.
  private func isBest(_ evaluation: Evaluation) -> Bool {
    guard let best = progress.best else { return true }
    let (before, now) = (isPure(epoch: progress.bestEpoch), isPure(epoch: progress.epoch))
    return before == now ? evaluation.isBetter(than: best, by: settings.selectionMetric) : now
  }

  /// Whether α was 1 from the first update of `epoch` (from 1) on.
  private func isPure(epoch: Int) -> Bool {
    !model.configuration.isHybrid || (epoch - 1) * order.updateCount >= annealingSteps
  }

  /// Documents that go through the model together, and how their mean losses count in the update's.
  private struct Part {
    let pieces: [Int]
    let share: Double
    let teacherShare: Double
  }

  /// What this process works on in an update. The shares of all parts of all processes make the mean over the update's
  /// micro-batches, each weighted by its documents, whoever works on them.
  private func parts(of batches: [[Int]], count: Int) -> [Part] {
    batches.flatMap { batch in
      let own = parallel?.part(of: batch, lengths: order.lengths) ?? batch
      return BatchPlan.within(tokenBudget, own, lengths: order.lengths).filter { !$0.isEmpty }.map { pieces in
        let share = Double(pieces.count) / Double(count)
        guard let weights else { return Part(pieces: pieces, share: share, teacherShare: share) }
        let weight = { (pieces: [Int]) in pieces.reduce(0) { $0 + weights[$1] } }
        return Part(
          pieces: pieces, share: weight(pieces) / weight(batch) * Double(batch.count) / Double(count),
          teacherShare: share)
      }
    }
  }

  /// One update: forward and backward of each micro-batch, clipping, AdamW. On a device nothing is waited for.
  private func update(_ batches: [[Int]], of updatesInEpoch: Int) throws {
    let count = batches.reduce(0) { $0 + $1.count }
    let parts = parts(of: batches, count: count)
    var loss = DeferredNumber.known(0)
    if parts.isEmpty { try reducer?.arm() }
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1 { try reducer?.arm() }
      loss = try loss + backward(part)
    }
    signal = StopRequest.signal
    if let parallel { loss = try summed(loss, parallel) }
    let norm = try optimizer.clipGradients(to: settings.maximumGradientNorm)
    let rate = settings.learningRate * schedule.factor(at: progress.step)
    let places = batches.flatMap { $0 }
    if device.isCPU { try check(step: progress.step + 1, loss: loss.read(), norm: norm.read(), places) }
    try optimizer.step(learningRate: rate)
    try optimizer.clearGradients()
    progress.advance(documents: count)
    unread.add(
      UnreadUpdates.Update(
        step: progress.step,
        epoch: Double(progress.epoch) + Double(progress.updateInEpoch) / Double(updatesInEpoch), rate: rate,
        documents: count, places: places, loss: loss, norm: norm))
  }

  /// Makes the gradients those of all processes, and gives their loss; a signal that one has had all obey after this update.
  private func summed(_ loss: DeferredNumber, _ parallel: DataParallel) throws -> DeferredNumber {
    try reducer?.finish()
    let sums = try parallel.group.sum([loss.read(), signal == nil ? 0 : 1])
    if sums[1] > 0 { signal = signal ?? SIGTERM }
    return .known(sums[0])
  }

  /// Reads the losses of the updates since the last time, and tells of them.
  private func readUpdates(_ report: (TrainingEvent) -> Void) throws {
    for (update, loss, norm, seconds) in try unread.read() {
      try check(step: update.step, loss: loss, norm: norm, update.places)
      progress.record(loss: loss, documents: update.documents, seconds: seconds)
      report(
        .step(
          TrainingEvent.StepEvent(
            step: update.step, totalSteps: totalSteps, epoch: update.epoch, loss: loss, learningRate: update.rate,
            gradientNorm: norm, documents: update.documents, seconds: seconds)))
    }
  }

  /// With a factor on the loss, gradients that are not finite are left out by themselves.
  private func check(step: Int, loss: Double, norm: Double, _ places: [Int]) throws {
    guard loss.isFinite, norm.isFinite || optimizer.scalesLoss else {
      let names = places.prefix(Self.namedDocuments).map { nameOfDocument(documentOfPiece[$0]) }
      let more = places.count > names.count ? " and \(places.count - names.count) more" : ""
      let saved = stateFolder.flatMap { TrainingState.states(in: $0).steps.first }
      throw FarqError(
        .badData,
        "the loss is not finite at update \(step), of \(names.joined(separator: ", "))\(more): "
          + "lower --learning-rate or use --precision fp32; "
          + (saved.map { "the last good state is of update \($0)" } ?? "no state was saved"))
    }
  }

  /// So many documents of a batch are named.
  private static let namedDocuments = 8

  /// Adds the gradients of a part.
  private func backward(_ part: Part) throws -> DeferredNumber {
    let input = try BERTInput(documents: part.pieces.map(pieces.ids), device: device)
    let options = LossOptions(classWeights: classWeights, labelSmoothing: settings.labelSmoothing)
    let loss = try Torch.withAutocast(settings.precision.dtype(on: device), on: device) {
      try lossOf(part, input, options)
    }
    try optimizer.scaled(loss).backward()
    return try DeferredNumber(loss)
  }

  /// The loss of a part's labels, and of the teacher's logits where there is one, each by its share.
  private func lossOf(_ part: Part, _ input: BERTInput, _ options: LossOptions) throws -> Tensor {
    var pass = ForwardPass(training: true, alpha: alpha)
    pass.chosenOperators = settings.usesPlainFormulae ? .plain : nil
    let labels = part.pieces.map { targets[$0] }
    guard let teacher else { return try model.loss(input, targets: labels, pass, options) * part.share }
    let logits = try model(input, pass).to(.float32)  // [B, labels]
    let classes = try Tensor(labels.map(Int64.init), shape: [labels.count]).to(device)  // [B]
    let loss = try logits.crossEntropy(
      classes, classWeights: options.classWeights, labelSmoothing: options.labelSmoothing)
    let distillation = settings.distillation
    let taught = try distillation.loss(
      logits, teacher: teacher.rows(part.pieces.map { documentOfPiece[$0] }, on: device))
    return try loss * ((1 - distillation.weight) * part.share) + taught * (distillation.weight * part.teacherShare)
  }

  /// Updates in which a hybrid turns differential.
  private var annealingSteps: Int { settings.annealSteps ?? totalSteps / 3 }

  /// α of `anneal` at the coming update: 0 before the first, 1 once ``annealingSteps`` are done.
  private var alpha: Double {
    annealingSteps > 0 ? min(1, Double(progress.step) / Double(annealingSteps)) : 1
  }

  /// Evaluates the model as it would be saved: purely differential where it is a hybrid.
  private func evaluate(_ report: (TrainingEvent) -> Void) throws -> Evaluation {
    let predictor = Predictor(
      model: model, device: device, precision: settings.precision, group: parallel?.group)
    return try predictor.evaluate(validation) { report(.evaluating(done: $0, total: validation.count)) }
  }

  private func keepBest(_ evaluation: Evaluation) throws {
    progress.best = evaluation
    progress.bestEpoch = progress.epoch
    bestWeights = try model.parameters.parameters.map { try $0.detached().clone() }
  }

  private func restoreBest() throws {
    guard bestWeights.count == model.parameters.names.count else { return }
    for (parameter, best) in zip(model.parameters.parameters, bestWeights) { try parameter.assign(best) }
  }

  private var isStateDue: Bool {
    stateFolder != nil && settings.checkpointEvery > 0 && progress.step.isMultiple(of: settings.checkpointEvery)
  }

  private func saveState() throws {
    guard let stateFolder else { return }
    try TrainingState.save(
      progress, model: model, optimizer: optimizer, best: bestWeights, settings: settings, device: device,
      parallel: parallel, to: stateFolder)
  }

  /// Goes on from the newest whole state in the state folder, if there is one; where several processes train, process 0
  /// reads it.
  ///
  /// - Parameter note: is told of damaged states that are passed over.
  /// - Returns: the updates that were done already; 0 where there is no state.
  /// - Throws: ``FarqError`` `badData` where the state is of other settings or damaged.
  public func resume(_ note: (String) -> Void = { _ in }) throws -> Int {
    guard let stateFolder,
      let restored = try TrainingState.load(
        model: model, optimizer: optimizer, settings: settings, device: device, parallel: parallel,
        from: stateFolder, note: note)
    else { return 0 }
    progress = restored.progress
    bestWeights = restored.best
    return progress.step
  }

  /// Removes the saved state of a run that is finished.
  public func removeState() {
    if let stateFolder { TrainingState.states(in: stateFolder).removeAll() }
  }

  /// How much each piece counts in the mean of its batch's loss: by its label's weight, and by the tokens of its label's name
  /// where a decoder writes it; nil where all count alike.
  private static func weights(_ targets: [Int], _ balance: [Float]?, _ names: LabelTokens?) -> [Double]? {
    guard balance != nil || names != nil else { return nil }
    return targets.map { Double(balance?[$0] ?? 1) * Double((names?.names[$0].count ?? 0) + 1) }
  }

  /// N / (classes · count of the class), as scikit-learn's `class_weight="balanced"`.
  private static func balanced(_ targets: [Int], _ classes: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: classes)
    for target in targets { counts[target] += 1 }
    return counts.map { $0 == 0 ? 0 : Float(targets.count) / Float(classes * $0) }
  }
}
