import FarqArabicText
import FarqCore
import FarqDatasets
import FarqInference
import FarqModels
public import FarqReport
public import FarqTorch
import FarqTraining
public import Foundation

/// The main job: trains and evaluates each configuration of a run and writes its folder.
public struct ExperimentRunner {
  private var settings: ExperimentSettings
  private let device: Device
  private let folder: RunFolder
  private let commandLine: String
  private let resumes: Bool
  private let layout: OutputLayout
  private let processes: RunProcesses

  /// - Parameters:
  ///   - output: the run folder; made if it is not there.
  ///   - commandLine: the exact command, for the report.
  ///   - resumes: goes on with a run that was interrupted.
  ///   - layout: where checkpoints lie.
  ///   - processes: that run it together.
  public init(
    _ settings: ExperimentSettings, device: Device, output: URL, commandLine: String, resumes: Bool = false,
    layout: OutputLayout = .run, processes: RunProcesses = .alone
  ) throws {
    self.settings = settings
    self.device = device
    self.commandLine = commandLine
    self.resumes = resumes
    self.layout = layout
    self.processes = processes
    folder = try RunFolder(processes.folder(for: output))
  }

  /// Runs; `report` is told what goes on.
  ///
  /// - Returns: the report; nil in a process that does not write it.
  public func run(_ report: (ExperimentEvent) -> Void = { _ in }) throws -> RunReport? {
    defer { processes.removeOwnFolder() }
    do {
      return try runAll(report)
    } catch {
      folder.removeIfUnused()
      throw error
    }
  }

  private func runAll(_ report: (ExperimentEvent) -> Void) throws -> RunReport? {
    var plan = try ExperimentPlan(settings)
    report(.stage("reading the data"))
    let data = try PreparedData(settings.data)
    (data.accounts.map(\.summary) + data.dataset.warnings).forEach { report(.note($0)) }
    report(.stage("preparing the model"))
    let base = try ModelBase(
      settings, labels: data.labels, training: data.documents(.train))
    if !base.configuration.plan.isStandard { plan = plan.trainingOn(base.configuration) }
    try check(plan, base)
    let encoder = try DocumentEncoder(
      tokenizer: base.tokenizer, preparer: base.preparer, maximumLength: base.maximumLength, long: settings.long)
    if let note = base.headNote { report(.note(note)) }
    if !base.preparer.preparation.isNone { report(.note("texts are prepared by \(base.preparer.preparation.summary)")) }
    report(.stage("tokenizing \(data.dataset.documents.count) documents"))
    let encoded = try EncodedSplits(data, settings, encoder: encoder)
    report(.note(encoded.lengthNote(encoder)))
    var resolved = self
    resolved.settings.training = settings.training.resolved(pieces: encoded.train.tokens.pieceCount)
    let identity = try resolved.identity(base, data, encoder)
    let options = resolved.settings.options(forOneModel: layout == .checkpoint)
    try processes.check(identity)
    if processes.writes, let note = try record.take(identity, options: options) { report(.note(note)) }
    report(.note("run \(identity.name)"))
    let done = record.wasFinished && processes.writes ? try? RunReport.read(from: folder.url) : nil
    if try processes.agree(done?.identity == identity) {
      report(.note("it is finished already"))
      return done
    }
    guard var result = try resolved.run(plan, base, data, encoded, encoder, report) else { return nil }
    result.identity = identity
    return try write(result)
  }

  private var record: RunRecord {
    RunRecord(
      folder: folder.url, resumes: resumes,
      optionsFile: folder.url.appendingPathComponent(RunOptions.fileName(forComparison: layout == .run)))
  }

  /// What makes this run the one that it is.
  private func identity(_ base: ModelBase, _ data: PreparedData, _ encoder: DocumentEncoder) throws -> RunIdentity {
    let splits = settings.data.selectsOnTest ? [Split.train, .test] : [.train, .validation, .test]
    return try RunIdentity(
      options: settings.options(forOneModel: layout == .checkpoint),
      splits: Dictionary(
        uniqueKeysWithValues: splits.map { ($0.rawValue, data.dataset.orderedFingerprint(of: $0)) }),
      checkpoint: base.fingerprint(), tokenizer: Fingerprint.of(Array(encoder.identity.utf8)),
      teacher: settings.teacher.map { try Fingerprint.of(BERTCheckpoint(folder: $0).weights) })
  }

  private func run(
    _ plan: ExperimentPlan, _ base: ModelBase, _ data: PreparedData, _ encoded: EncodedSplits,
    _ encoder: DocumentEncoder, _ report: (ExperimentEvent) -> Void
  ) throws -> RunReport? {
    var results = try train(plan, base, data, encoded, report)
    guard processes.writes else { return nil }
    var warnings: [String] = []
    if settings.includesLinear { results.append(try linear(data, report, &warnings)) }
    return try self.report(results, data, encoded, encoder, warnings: warnings)
  }

  /// Finds out before hours of training whether every configuration can be built.
  private func check(_ plan: ExperimentPlan, _ base: ModelBase) throws {
    for model in plan.models { _ = try settings.plan(model, base.configuration) }
  }

  private func train(
    _ plan: ExperimentPlan, _ base: ModelBase, _ data: PreparedData, _ encoded: EncodedSplits,
    _ report: (ExperimentEvent) -> Void
  ) throws -> [ModelResult] {
    let teacher = try teacherLogits(data, report)
    func one(_ index: Int) throws -> ModelResult? {
      let configuration = plan.models[index]
      report(.model(name: configuration.name, index: index + 1, count: plan.models.count))
      return try train(configuration, base, data, encoded, teacher, report)
    }
    guard processes.spreadsRuns else { return try plan.models.indices.compactMap(one) }
    try processes.spread(plan.units(settings)) { unit in for index in unit { _ = try one(index) } }
    guard processes.writes else { return [] }
    let archive = ResultArchive(folder: folder)
    return try plan.models.map { configuration in
      guard let result = try archive.load(configuration, labels: data.labels) else {
        throw FarqError(
          .inputOutput, "\(folder.url.path) lacks the result of \(configuration.name): all processes have to see it")
      }
      return result
    }
  }

  /// Trains one model, or takes its result where it is there already; nil in a process that did not take part in it.
  private func train(
    _ configuration: ModelConfiguration, _ base: ModelBase, _ data: PreparedData, _ encoded: EncodedSplits,
    _ teacher: TeacherLogits?, _ report: (ExperimentEvent) -> Void
  ) throws -> ModelResult? {
    let archive = ResultArchive(folder: folder)
    // Runs that are spread are started by a launcher that may start them anew: what is done is never done twice.
    let done = resumes ? try archive.load(configuration, labels: data.labels) : nil
    if try processes.agreeOnModel(done != nil) {
      report(.note("\(configuration.name) is done already"))
      return done
    }
    let run = ModelRun(
      settings: settings, device: device, base: base, data: data, encoded: encoded, teacher: teacher,
      checkpointFolder: layout == .run ? folder.checkpoint(of: configuration.name) : folder.url,
      logFolder: folder.logs(of: configuration.name),
      stateFolder: folder.url.appendingPathComponent("state/\(configuration.name)"), resumes: resumes,
      parallel: processes.sharingModels,
      savesCheckpoint: processes.writes || processes.spreadsRuns || settings.start == .finetuned)
    let (result, parts) = try run(configuration, from: start(of: configuration, base), report)
    try folder.write(predictions: parts.predictionRecords, of: configuration.name)
    try archive.save(result, of: configuration)
    report(.evaluated(result.report))
    return result
  }

  private func teacherLogits(_ data: PreparedData, _ report: (ExperimentEvent) -> Void) throws -> TeacherLogits? {
    guard let location = settings.teacher else { return nil }
    report(.stage("asking the teacher about \(data.documents(.train).count) documents"))
    return try Teacher(
      folder: location, labels: data.labels, device: device, precision: settings.training.precision
    ).logits(data.documents(.train))
  }

  /// TF-IDF and a linear SVM on the same split.
  private func linear(
    _ data: PreparedData, _ report: (ExperimentEvent) -> Void, _ warnings: inout [String]
  ) throws -> ModelResult {
    report(.stage("training TF-IDF and a linear SVM on the same split"))
    let run = try LinearModelRun(data, seed: settings.training.seed)
    if let note = run.note {
      report(.note(note))
      warnings.append(note)
    }
    try folder.write(predictions: run.records, of: LinearModelRun.name)
    report(.evaluated(run.report))
    return ModelResult(family: LinearModelRun.name, report: run.report, predictions: run.predictions)
  }

  /// The checkpoint that a configuration starts from: the given one, or the fine-tuned baseline of its seed.
  private func start(of configuration: ModelConfiguration, _ base: ModelBase) throws -> BERTCheckpoint {
    guard let name = configuration.startsFrom else { return try base.checkpoint(seed: configuration.seed) }
    var checkpoint = try BERTCheckpoint(folder: folder.checkpoint(of: name))
    checkpoint.configuration.farq?.attention = nil
    return checkpoint
  }

  private func report(
    _ results: [ModelResult], _ data: PreparedData, _ encoded: EncodedSplits, _ encoder: DocumentEncoder,
    warnings: [String]
  ) throws -> RunReport {
    let comparison = ResultComparison(results: results, seed: settings.training.seed, margin: settings.margin)
    var dataReport = data.report(encoded.all, encoder: encoder)
    dataReport.warnings += warnings
    return RunReport(
      models: results.map(\.report), comparisons: try comparison.comparisons(),
      seedSummaries: comparison.seedSummaries(), data: dataReport,
      environment: try EnvironmentProbe.report(settings, device: device, commandLine: commandLine))
  }

  private func write(_ report: RunReport) throws -> RunReport {
    try folder.write(report)
    try? FileManager.default.removeItem(at: folder.url.appendingPathComponent("state"))
    return report
  }
}
