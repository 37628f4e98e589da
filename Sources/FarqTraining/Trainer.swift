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

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - model: a trainable model; it holds the best epoch's weights afterwards.
  ///   - newParameters: names of the parameters that differential attention added.
  ///   - training: the documents to learn from; of windows each is a document of its own.
  ///   - validation: the documents that choose the best epoch.
  ///   - teacher: logits of the training documents to learn from beside their labels; see ``Distillation``.
  ///   - stateFolder: where the state is saved for `--resume`.
  public init(
    model: any DocumentClassifier, newParameters: Set<String> = [], training: TrainingDocuments,
    validation: TrainingDocuments, settings: TrainingSettings, device: Device = .cpu, teacher: TeacherLogits? = nil,
    stateFolder: URL? = nil
  ) throws {
    guard training.count > 0, validation.count > 0 else {
      throw FarqError(.badData, "there are no documents to train or to validate on: give more data")
    }
    self.model = model
    self.settings = settings
    self.device = device
    self.validation = validation
    self.stateFolder = stateFolder
    guard teacher.map({ $0.count == training.count }) ?? true else {
      throw FarqError(.fault, "the teacher has logits of other documents than those to train on")
    }
    self.teacher = teacher
    pieces = training.tokens
    documentOfPiece = training.documentOfPiece
    targets = documentOfPiece.map { training.targets[$0] }
    order = BatchOrder(lengths: pieces.lengths, settings: settings)
    classWeights = try settings.balancesClasses ? Self.balanced(targets, model.configuration.labels.count, device) : nil
    optimizer = try AdamW(
      ParameterGroups.make(
        model.parameters, new: newParameters, layers: model.configuration.layerCount, settings),
      lossScale: settings.precision.lossScale(on: device))
    tokenBudget = try TokenBudget.training(model.configuration, settings.precision, on: device)
    schedule = LearningRateSchedule(
      shape: settings.schedule, warmupRatio: settings.warmupRatio, totalSteps: Self.totalSteps(order, settings))
  }

  /// Updates of the whole run.
  public var totalSteps: Int { schedule.totalSteps }

  /// Trains; `report` is told of every update and epoch.
  ///
  /// - Throws: ``FarqError`` `badData` where the loss is no longer finite; what was saved stays.
  public func run(_ report: (TrainingEvent) -> Void = { _ in }) throws -> TrainingOutcome {
    if progress.step == 0 { try Torch.seed(settings.seed) }
    while progress.step < totalSteps, !isPatienceOver {
      try runEpoch(report)
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
        try saveStateIfDue()
        unread.restartClock()
      }
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

  /// One update: forward and backward of each micro-batch, clipping, AdamW. On a device nothing is waited for.
  private func update(_ batches: [[Int]], of updatesInEpoch: Int) throws {
    let count = batches.reduce(0) { $0 + $1.count }
    var loss = DeferredNumber.known(0)
    for batch in batches.flatMap({ BatchPlan.within(tokenBudget, $0, lengths: order.lengths) }) {
      loss = try loss + backward(batch, share: Double(batch.count) / Double(count))
    }
    let norm = try optimizer.clipGradients(to: settings.maximumGradientNorm)
    let rate = settings.learningRate * schedule.factor(at: progress.step)
    if device.isCPU { try check(step: progress.step + 1, loss: loss.read(), norm: norm.read()) }
    try optimizer.step(learningRate: rate)
    try optimizer.clearGradients()
    progress.advance(documents: count)
    unread.add(
      UnreadUpdates.Update(
        step: progress.step,
        epoch: Double(progress.epoch) + Double(progress.updateInEpoch) / Double(updatesInEpoch), rate: rate,
        documents: count, loss: loss, norm: norm))
  }

  /// Reads the losses of the updates since the last time, and tells of them.
  private func readUpdates(_ report: (TrainingEvent) -> Void) throws {
    for (update, loss, norm, seconds) in try unread.read() {
      try check(step: update.step, loss: loss, norm: norm)
      progress.record(loss: loss, documents: update.documents, seconds: seconds)
      report(
        .step(
          TrainingEvent.StepEvent(
            step: update.step, totalSteps: totalSteps, epoch: update.epoch, loss: loss, learningRate: update.rate,
            gradientNorm: norm, documents: update.documents, seconds: seconds)))
    }
  }

  /// With a factor on the loss, gradients that are not finite are left out by themselves.
  private func check(step: Int, loss: Double, norm: Double) throws {
    guard loss.isFinite, norm.isFinite || optimizer.scalesLoss else {
      throw FarqError(
        .badData, "the loss is not finite at update \(step): lower --learning-rate or use --precision fp32")
    }
  }

  /// Adds the gradients of a micro-batch, whose loss counts by its `share` of the update's documents.
  private func backward(_ batch: [Int], share: Double) throws -> DeferredNumber {
    let input = try BERTInput(documents: batch.map(pieces.ids), device: device)
    let options = LossOptions(classWeights: classWeights, labelSmoothing: settings.labelSmoothing)
    let loss = try Torch.withAutocast(settings.precision.dtype(on: device), on: device) {
      try lossOf(batch, input, options) * share
    }
    try optimizer.scaled(loss).backward()
    return try DeferredNumber(loss)
  }

  /// The loss of a micro-batch's labels, and of the teacher's logits where there is one.
  private func lossOf(_ batch: [Int], _ input: BERTInput, _ options: LossOptions) throws -> Tensor {
    var pass = ForwardPass(training: true, alpha: alpha)
    pass.chosenOperators = settings.usesPlainFormulae ? .plain : nil
    let labels = batch.map { targets[$0] }
    guard let teacher else { return try model.loss(input, targets: labels, pass, options) }
    let logits = try model(input, pass).to(.float32)  // [B, labels]
    let classes = try Tensor(labels.map(Int64.init), shape: [labels.count]).to(device)  // [B]
    let loss = try logits.crossEntropy(
      classes, classWeights: options.classWeights, labelSmoothing: options.labelSmoothing)
    let distillation = settings.distillation
    let taught = try distillation.loss(logits, teacher: teacher.rows(batch.map { documentOfPiece[$0] }, on: device))
    return try loss * (1 - distillation.weight) + taught * distillation.weight
  }

  /// Updates in which a hybrid turns differential.
  private var annealingSteps: Int { settings.annealSteps ?? totalSteps / 3 }

  /// α of `anneal` at the coming update: 0 before the first, 1 once ``annealingSteps`` are done.
  private var alpha: Double {
    annealingSteps > 0 ? min(1, Double(progress.step) / Double(annealingSteps)) : 1
  }

  /// Evaluates the model as it would be saved: purely differential where it is a hybrid.
  private func evaluate(_ report: (TrainingEvent) -> Void) throws -> Evaluation {
    let predictor = Predictor(model: model, device: device, precision: settings.precision)
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

  private func saveStateIfDue() throws {
    guard let stateFolder, isStateDue else { return }
    try TrainingState.save(
      progress, model: model, optimizer: optimizer, best: bestWeights, settings: settings, device: device,
      to: stateFolder)
  }

  /// Goes on from the state in the state folder, if there is one.
  ///
  /// - Returns: the updates that were done already; 0 where there is no state.
  /// - Throws: ``FarqError`` `badData` where the state is of other settings or damaged.
  public func resume() throws -> Int {
    guard let stateFolder,
      let restored = try TrainingState.load(
        model: model, optimizer: optimizer, settings: settings, device: device, from: stateFolder)
    else { return 0 }
    progress = restored.progress
    bestWeights = restored.best
    return progress.step
  }

  /// Removes the saved state of a run that is finished.
  public func removeState() {
    if let stateFolder { TrainingState.remove(from: stateFolder) }
  }

  /// N / (classes · count of the class), as scikit-learn's `class_weight="balanced"`.
  private static func balanced(_ targets: [Int], _ classes: Int, _ device: Device) throws -> Tensor {
    var counts = [Int](repeating: 0, count: classes)
    for target in targets { counts[target] += 1 }
    let weights = counts.map { $0 == 0 ? 0 : Float(targets.count) / Float(classes * $0) }
    return try Tensor(weights, shape: [classes]).to(device)
  }
}
