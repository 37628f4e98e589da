import ArgumentParser
import FarqCore
import FarqExperiment
import FarqInference
import FarqTorch
import FarqTraining
import Foundation

/// What `farq pretrain` learns from, and how; with ``TrainingOptions``.
struct PretrainingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Text in any of the forms that 'farq data' reads; labels are not needed.", valueName: "path"))
  var data: String

  @Option(help: ArgumentHelp("The column of the text.", valueName: "name"))
  var textColumn = "text"

  @Option(help: ArgumentHelp("The column of the split.", valueName: "name"))
  var splitColumn = "split"

  @Flag(help: "Reads validation and test documents too, not the training split alone.")
  var allSplits = false

  @Option(help: ArgumentHelp("Training documents of each label, at most.", valueName: "n"))
  var trainLimit: Int?

  @Option(help: ArgumentHelp("The share of the documents that is held out to measure on.", valueName: "share"))
  var validationFraction = 0.01

  @Option(help: ArgumentHelp("A checkpoint to go on from; without it a new BERT is trained.", valueName: "folder"))
  var model: String?

  @Option(help: ArgumentHelp("Layers of a new BERT.", valueName: "n"))
  var layers: Int?

  @Option(help: ArgumentHelp("Heads of a new BERT.", valueName: "n"))
  var heads: Int?

  @Option(help: ArgumentHelp("The size of a hidden state of a new BERT.", valueName: "n"))
  var hiddenSize: Int?

  @Option(help: ArgumentHelp("The size of its feed-forward layers; by default four times as much.", valueName: "n"))
  var intermediateSize: Int?

  @Option(help: ArgumentHelp("The vocabulary of a new BERT, at most.", valueName: "n"))
  var vocabularySize: Int?

  @Option(help: ArgumentHelp("Tokens of a sequence, 512 or what the model has.", valueName: "n"))
  var maxLength: Int?

  @Option(help: ArgumentHelp("Tokens of a sequence in the first part of the run.", valueName: "n"))
  var shortLength: Int?

  @Option(help: ArgumentHelp("How large that part is.", valueName: "share"))
  var shortShare = 0.9

  @Option(help: ArgumentHelp("The share of tokens to hide and predict.", valueName: "share"))
  var maskShare = 0.15

  @Option(
    help: ArgumentHelp(
      "The weight of a second task, to tell a text's subject from its first token; 0 leaves it out.",
      valueName: "weight"))
  var documentWeight = 0.0

  @Option(help: ArgumentHelp("Hours for the whole run, instead of --epochs.", valueName: "h"))
  var hours: Double?

  @Option(help: ArgumentHelp("Updates between evaluations on held-out text; 0: only at the end.", valueName: "n"))
  var evaluateEvery = 500

  @Option(help: "fp32, bf16 or fp16: what the checkpoint's tensors are rounded to; training itself keeps fp32.")
  var savePrecision = Precision.fp32

  /// The plan, checked.
  func plan(_ training: TrainingOptions) throws -> PretrainingPlan {
    try check()
    var plan = PretrainingPlan(data: data == "-" ? URL(fileURLWithPath: "-") : URL(userPath: data))
    plan.textColumn = textColumn
    plan.splitColumn = splitColumn
    plan.takesAllSplits = allSplits
    plan.trainLimit = trainLimit
    plan.heldOutShare = validationFraction
    plan.model = try model.map { try CheckpointPath.resolve($0) }
    plan.sizes.layers = layers ?? plan.sizes.layers
    plan.sizes.heads = heads ?? plan.sizes.heads
    plan.sizes.hiddenSize = hiddenSize ?? plan.sizes.hiddenSize
    plan.sizes.intermediateSize = intermediateSize
    plan.sizes.vocabularySize = vocabularySize ?? plan.sizes.vocabularySize
    plan.sizes.maximumPositions = max(plan.sizes.maximumPositions, maxLength ?? 0)
    plan.dropout = training.dropout
    plan.savedType = savePrecision.dtype(on: .cpu)
    plan.settings = try settings(training)
    return plan
  }

  private func settings(_ options: TrainingOptions) throws -> PretrainingSettings {
    var settings = PretrainingSettings()
    guard options.epochs != .auto else {
      throw FarqError(.usage, "--epochs auto is for train and compare: give a number, --steps or --hours")
    }
    settings.training = try options.settings(for: .scratch)
    settings.training.epochs = options.epochs?.number ?? 1
    settings.training.learningRate = options.learningRate ?? (model == nil ? 1e-3 : 1e-4)
    settings.training.annealSteps = options.annealSteps
    settings.maximumLength = maxLength ?? 512
    settings.shortLength = shortLength
    settings.shortShare = shortShare
    settings.maskShare = maskShare
    settings.documentWeight = documentWeight
    settings.timeLimit = hours.map { $0 * 3600 }
    settings.evaluateEvery = evaluateEvery
    return settings
  }

  private func check() throws {
    let sizes: [(String, Int?)] = [
      ("--layers", layers), ("--heads", heads), ("--hidden-size", hiddenSize), ("--train-limit", trainLimit),
      ("--intermediate-size", intermediateSize),
    ]
    for case (let name, let value?) in sizes where value < 1 {
      throw FarqError(.usage, "\(name) \(value): use 1 or more")
    }
    if let vocabularySize, vocabularySize < 100 {
      throw FarqError(.usage, "--vocabulary-size \(vocabularySize): use 100 or more, as 16000")
    }
    for case (let name, let value?) in [("--max-length", maxLength), ("--short-length", shortLength)] where value < 12 {
      throw FarqError(.usage, "\(name) \(value): use 12 or more, as 128")
    }
    if let shortLength, shortLength > maxLength ?? 512 {
      throw FarqError(.usage, "--short-length \(shortLength) is longer than --max-length \(maxLength ?? 512)")
    }
    guard validationFraction >= 0, validationFraction < 1 else {
      throw FarqError(.usage, "--validation-fraction \(validationFraction): use a share from 0 to below 1, as 0.01")
    }
    guard shortShare >= 0, shortShare <= 1 else {
      throw FarqError(.usage, "--short-share \(shortShare): use a share from 0 to 1")
    }
    guard documentWeight >= 0, documentWeight.isFinite, evaluateEvery >= 0, (hours ?? 1) > 0 else {
      throw FarqError(.usage, "--document-weight and --evaluate-every are 0 or more, --hours more than 0")
    }
  }
}
