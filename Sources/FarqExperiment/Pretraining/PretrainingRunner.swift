import FarqArabicText
import FarqCore
import FarqModels
import FarqReport
import FarqTokenizer
public import FarqTorch
public import FarqTraining
public import Foundation

/// `farq pretrain`: from text to a checkpoint.
public struct PretrainingRunner {
  private let plan: PretrainingPlan
  private let device: Device
  private let folder: URL
  private let commandLine: String
  private let resumes: Bool
  private let processes: RunProcesses

  /// What goes on.
  public enum Event: Sendable {
    /// A part begins.
    case stage(String)
    /// Something to know.
    case note(String)
    /// Training.
    case training(PretrainingEvent)
  }

  /// - Parameters:
  ///   - output: the checkpoint folder; made if it is not there.
  ///   - commandLine: the exact command, for the report.
  ///   - resumes: goes on with a run that was interrupted.
  ///   - processes: that train together; they all have to see `output`.
  public init(
    _ plan: PretrainingPlan, device: Device, output: URL, commandLine: String, resumes: Bool = false,
    processes: RunProcesses = .alone
  ) {
    self.processes = processes
    self.plan = plan
    self.device = device
    self.commandLine = commandLine
    self.resumes = resumes
    folder = output
  }

  /// Runs; `report` is told what goes on.
  ///
  /// - Returns: the report; nil in a process that does not write it.
  public func run(_ report: (Event) -> Void = { _ in }) throws -> PretrainingReport? {
    let isInterrupted = try processes.agree(resumes && Pretrainer.hasState(in: stateFolder))
    let start = PretrainingStart(plan: plan, device: device, interrupted: isInterrupted ? folder : nil)
    let text = PretrainingText(plan: plan)
    let (tokenizer, preparer) = try start.tokenizer {
      report(.stage("learning a vocabulary"))
      return try text.words($0)
    }
    let (model, saved) = try start.model(words: tokenizer.count, preparer.preparation)
    report(.stage("tokenizing"))
    let corpora = try text.corpora(tokenizer, preparer)
    var result = PretrainingReport(
      command: commandLine, settings: plan.settings, parameters: model.parameters.parameterCount,
      vocabulary: tokenizer.count, documents: corpora.training.documentCount,
      corpusTokens: corpora.training.tokenCount, heldOutTokens: corpora.heldOut.tokenCount)
    report(
      .note(
        "\(result.parameters) parameters, \(result.vocabulary) words; \(result.documents) documents, "
          + "\(result.corpusTokens) tokens, \(result.heldOutTokens) held out"))
    let pretrainer = try Pretrainer(
      model: model, newParameters: HybridConversion.newNames(in: model.parameters), corpus: corpora.training,
      heldOut: corpora.heldOut,
      tokenizer: tokenizer, settings: plan.settings, device: device,
      parallel: processes.sharingModels, stateFolder: stateFolder)
    let record = RunRecord(
      folder: folder, resumes: resumes,
      optionsFile: folder.appendingPathComponent(RunOptions.fileName(forComparison: false)))
    if let note = try take(record, tokenizer, preparer, corpora) { report(.note(note)) }
    let done = record.wasFinished && processes.writes ? earlierReport : nil
    if try processes.agree(done != nil) {
      report(.note("the run is finished already"))
      return done
    }
    if resumes { try resume(pretrainer, &result, report) }
    _ = try pretrainer.run { event in
      report(.training(event))
      keep(event, &result)
      if case .saved = event { try save(model, saved, tokenizer, pretrainer, &result) }
    }
    guard processes.writes else { return nil }
    try save(model, saved, tokenizer, pretrainer, &result)
    pretrainer.removeState()
    try? FileManager.default.removeItem(at: stateFolder)
    return result
  }

  private var stateFolder: URL { folder.appendingPathComponent("state") }

  /// Takes the folder for this run; see ``RunRecord``.
  private func take(
    _ record: RunRecord, _ tokenizer: BERTTokenizer, _ preparer: TextPreparer,
    _ corpora: (training: TokenCorpus, heldOut: TokenCorpus)
  ) throws -> String? {
    let options = plan.options
    let words = ["\(preparer.preparation)", "\(tokenizer.configuration)"] + tokenizer.vocabulary.tokens
    let identity = try RunIdentity(
      options: options,
      splits: ["train": Fingerprint.of(corpora.training), "validation": Fingerprint.of(corpora.heldOut)],
      checkpoint: plan.model.map {
        try Fingerprint.of(BERTCheckpoint(folder: $0, keepsPredictionHead: true).weights)
      },
      tokenizer: Fingerprint.of(Array(words.joined(separator: "\n").utf8)))
    try processes.check(identity)
    guard processes.writes else { return nil }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try record.take(identity, options: options)
  }

  private func resume(
    _ pretrainer: Pretrainer, _ result: inout PretrainingReport, _ report: (Event) -> Void
  ) throws {
    let steps = try pretrainer.resume { report(.note($0)) }
    guard steps > 0 else { return }
    if let before = earlierReport { result.heldOut = before.heldOut.filter { $0.update <= steps } }
    report(.note("going on after update \(steps)"))
  }

  private func keep(_ event: PretrainingEvent, _ result: inout PretrainingReport) {
    guard case .evaluated(let step, let tokens, let evaluation) = event else { return }
    result.heldOut.append(
      PretrainingReport.Point(
        update: step, tokens: tokens, loss: evaluation.loss, perplexity: evaluation.perplexity,
        accuracy: evaluation.accuracy))
  }

  /// What the folder's run has reported so far.
  private var earlierReport: PretrainingReport? {
    (try? Data(contentsOf: reportFile)).flatMap { try? JSONDecoder().decode(PretrainingReport.self, from: $0) }
  }

  private var reportFile: URL { folder.appendingPathComponent("pretraining.json") }

  private func save(
    _ model: MaskedLanguageModel, _ configuration: BERTConfiguration, _ tokenizer: BERTTokenizer,
    _ pretrainer: Pretrainer, _ result: inout PretrainingReport
  ) throws {
    guard processes.writes else { return }
    (result.updates, result.tokens, result.seconds) = (pretrainer.step, pretrainer.tokens, pretrainer.seconds)
    try BERTCheckpoint.save(model, as: configuration, dtype: plan.savedType, to: folder)
    try tokenizer.save(to: folder)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(encoder.encode(result), to: reportFile)
  }
}
