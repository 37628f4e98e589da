import FarqCore
import FarqDatasets
import FarqInference
import FarqMetrics
import FarqModels
import FarqReport
import FarqTokenizer
import FarqTorch
import FarqTraining
import Foundation

/// Trains and evaluates one configuration, and saves what it leaves.
struct ModelRun {
  let settings: ExperimentSettings
  let device: Device
  let base: ModelBase
  let data: PreparedData
  let encoded: EncodedSplits
  /// What the training documents' labels are learnt from besides.
  let teacher: TeacherLogits?
  /// Where the checkpoint is saved.
  let checkpointFolder: URL
  /// Where TensorBoard's event files are written.
  let logFolder: URL
  /// Where the state for `--resume` is kept.
  let stateFolder: URL
  let resumes: Bool
  /// The processes that train each model together; nil for this one alone.
  var parallel: DataParallel?
  /// Whether the checkpoint is saved here.
  var savesCheckpoint = true

  /// Trains `configuration` from `checkpoint`, evaluates it on the test split, and saves the checkpoint.
  func callAsFunction(
    _ configuration: ModelConfiguration, from checkpoint: BERTCheckpoint, _ report: (ExperimentEvent) -> Void
  ) throws -> (result: ModelResult, evaluation: EvaluationReport) {
    PeakMemory.reset()
    var fit: [HybridFit.LayerError] = []
    let model = try ModelBuilder(
      settings: settings, device: device, maximumLength: base.maximumLength, texts: encoded.train.tokens
    ).build(configuration, from: checkpoint) { error in
      fit.append(error)
      report(.fitted(error))
    }
    let trainer = try self.trainer(model, configuration)
    let done = resumes ? try trainer.resume { report(.note($0)) } : 0
    if done > 0 {
      report(.note("\(configuration.name): going on after update \(done) of \(trainer.totalSteps)"))
    }
    let store = CurveStore(folder: stateFolder)
    var curve = LearningCurveRecorder(
      splitName: splitName, earlier: done > 0 ? store.read(until: done, epochs: trainer.epochsDone) : LearningCurve())
    var log = try TrainingLog(folder: logFolder, splitName: splitName, labels: data.labels)
    if done == 0 {
      let (lambdas, decoderLambdas) = (try model.lambdas(), try model.decoderLambdas())
      curve.begin(lambdas: lambdas, decoderLambdas: decoderLambdas)
      try log.begin(lambdas: lambdas, decoderLambdas: decoderLambdas)
    }
    let outcome = try trainer.run { event in
      curve.record(event)
      if isDue(event) { store.write(curve.curve) }
      log.record(event)
      report(.training(event))
    }
    report(.stage("evaluating \(configuration.name) on the test split"))
    let evaluation = try Predictor(
      model: model, device: device, precision: settings.training.precision, group: parallel?.group
    ).evaluate(encoded.test)
    try log.finish(evaluation, step: outcome.steps)
    if savesCheckpoint {
      try BERTCheckpoint.save(model, to: checkpointFolder)
      try base.tokenizer.save(to: checkpointFolder)
    }
    trainer.removeState()
    store.remove()
    let parts = EvaluationReport(evaluation: evaluation, labels: data.labels, documents: data.documents(.test))
    var record = try modelReport(configuration, model, outcome, parts, curve: curve.curve)
    if !fit.isEmpty {
      record.attentionPlan?.fit = fit.map { LayerFitRecord(layer: $0.layer, before: $0.before, after: $0.after) }
    }
    let shares = try SubtractionMeter.shares(
      of: model, on: FitTexts(encoded.test.tokens, tokens: 32_768, seed: 0).batches(on: device))
    if !shares.isEmpty {
      record.attentionPlan?.subtracted = shares.map {
        LayerShareRecord(layer: $0.layer, lambda: $0.lambda, taken: $0.taken)
      }
    }
    return (ModelResult(family: configuration.family, report: record, predictions: evaluation.predictions), parts)
  }

  /// Whether a state is saved at about this event.
  private func isDue(_ event: TrainingEvent) -> Bool {
    guard settings.training.checkpointEvery > 0 else { return false }
    switch event {
    case .step(let step): return step.step.isMultiple(of: settings.training.checkpointEvery)
    case .epoch: return true
    case .evaluating: return false
    }
  }

  /// The split that chooses the best epoch.
  private var splitName: String { settings.data.selectsOnTest ? "test" : "validation" }

  /// Whether a baseline becomes a hybrid here, rather than a hybrid being trained on.
  private func isConverted(_ configuration: ModelConfiguration) -> Bool {
    configuration.ratio > 0 && base.configuration.plan.isStandard
  }

  /// Updates in which a converted hybrid turns differential; nil stands for the trainer's own share.
  private var annealSteps: Int? {
    switch settings.initialization {
    case .anneal: settings.annealSteps
    case .fitted: settings.annealSteps ?? 0
    case .random, .pretrained: 0
    }
  }

  private func trainer(_ model: any DocumentClassifier, _ configuration: ModelConfiguration) throws -> Trainer {
    var training = settings.training
    training.seed = configuration.seed
    training.annealSteps = isConverted(configuration) ? annealSteps : 0
    let documents = data.documents(.train)
    return try Trainer(
      model: model, newParameters: HybridConversion.newNames(in: model.parameters), training: encoded.train,
      validation: encoded.validation, settings: training, device: device, teacher: teacher,
      parallel: parallel, stateFolder: stateFolder, nameOfDocument: documents.origin)
  }

  private func modelReport(
    _ configuration: ModelConfiguration, _ model: any DocumentClassifier, _ outcome: TrainingOutcome,
    _ parts: EvaluationReport, curve: LearningCurve
  ) throws -> ModelReport {
    let predictions = parts.evaluation.predictions
    return ModelReport(
      name: configuration.name, configuration: configuration.family, isBaseline: configuration.isBaseline,
      attention: configuration.variant.rawValue,
      ratio: configuration.ratio, seed: configuration.seed, parameters: model.parameters.parameterCount,
      metrics: try MetricTable.metrics(predictions),
      intervals: try MetricTable.intervals(predictions, seed: settings.training.seed),
      trainSeconds: outcome.trainSeconds,
      documentsPerSecond: outcome.documentsPerSecond,
      evaluationDocumentsPerSecond: Double(encoded.test.count) / max(parts.evaluation.seconds, 1e-9),
      peakMemoryBytes: PeakMemory.bytes(), attentionPlan: planRecord(model.configuration, configuration),
      learningCurve: curve,
      bestEpoch: outcome.bestEpoch, selectionSplit: splitName,
      selectionMetric: settings.training.selectionMetric.headline.rawValue, labels: data.labels,
      confusionMatrix: ConfusionTable.counts(predictions, labels: data.labels),
      labelScores: ConfusionTable.scores(predictions, labels: data.labels), reliability: parts.reliability,
      mistakes: parts.mistakes)
  }

  /// Where layers were asked for; a hybrid that is trained on has a list.
  private var placement: Placement {
    let given = base.configuration.plan
    return given.isStandard ? settings.placement : given.layers.map(Placement.list) ?? settings.placement
  }

  private func planRecord(_ configuration: BERTConfiguration, _ model: ModelConfiguration) -> AttentionPlanRecord {
    let plan = configuration.plan
    return AttentionPlanRecord(
      variant: plan.variant.rawValue, pairing: plan.pairing?.rawValue, granularity: plan.granularity.rawValue,
      placement: placement.description, stack: plan.stack.rawValue, layers: plan.layers, heads: plan.heads,
      layerCount: configuration.layerCount, headCount: configuration.headCount,
      initialization: isConverted(model) ? settings.initialization.rawValue : nil, start: settings.start.rawValue,
      lambdaInit: plan.isStandard ? nil : plan.lambdaInit.description)
  }
}
