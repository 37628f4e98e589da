import ArgumentParser
import FarqArabicText
import FarqCore
import FarqDatasets
import FarqExperiment
import FarqInference
import FarqModels
import FarqTokenizer
import FarqTorch
import Foundation

/// `farq convert`: a hybrid without training.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turn a checkpoint into a hybrid without training.",
    discussion: """
      Example:
        farq convert --model bert-base-arabertv2 --attention diff --ratio 0.25 --init pretrained --output hybrid
        farq convert --model mini --attention diff --ratio 0.5 --init fitted --data news.jsonl --output hybrid

      A checkpoint without labels stays without a classifier, which training then adds; --labels gives it one, drawn by \
      the seed.

      With --init anneal the tensors are those of --init pretrained: the annealing itself happens in training.
      """)

  @Option(help: ArgumentHelp("The baseline's folder.", valueName: "folder"))
  var model: String

  @Option(help: "encoder (BERT and a head) or encoder-decoder (both stacks from the checkpoint); by default its own.")
  var architecture: FarqConfiguration.Architecture?

  @Option(help: "diff, diff-v2, dex or notebook; standard with --ratio 0 makes an encoder-decoder alone.")
  var attention: AttentionVariant

  @Option(help: ArgumentHelp("The share that becomes differential.", valueName: "share"))
  var ratio: Double

  @Option(
    help: ArgumentHelp(
      "The labels of the classifier, with commas between them; by default the checkpoint's own.", valueName: "labels"))
  var labels: String?

  @OptionGroup(title: "Attention") var place: AttentionOptions

  @OptionGroup(title: "Text") var preparation: TextOptions

  @Option(
    help: ArgumentHelp(
      "The texts that --init fitted reads: the training documents of any data that farq takes.", valueName: "path"))
  var data: String?

  @OptionGroup(title: "Texts") var reading: ReadingOptions

  @Option(help: ArgumentHelp("Tokens of a text, at most; by default 512 or what the model has.", valueName: "n"))
  var maxLength: Int?

  @Option(help: ArgumentHelp("Decides what is drawn.", valueName: "n"))
  var seed: UInt64 = 42

  @Option(help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output: String

  func run() throws {
    let source = try CheckpointPath.resolve(model)
    let tokenizer = try BERTTokenizer(folder: source)
    var (checkpoint, hasLabels) = try self.checkpoint(source, tokenizer)
    let prepared = try CheckpointPreparation(checkpoint.configuration, folder: source, tokenizer: tokenizer)
    try store(prepared, in: &checkpoint.configuration)
    let request = AttentionRequest(
      variant: attention, ratio: ratio, granularity: place.granularity, placement: place.placement,
      pairing: place.pairing, stack: place.stack, lambdaInit: place.lambdaInit, ignoresMask: place.ignoreMask)
    let plan = try request.plan(for: checkpoint.configuration)
    let converted = try HybridConversion(
      plan: plan, initialization: place.initialization, seed: seed, lambdaBias: place.lambdaBias)(checkpoint)
    let hybrid = try ClassifierFactory.make(
      converted.configuration, weights: converted.weights, seed: seed,
      mayDraw: { BERTCheckpoint.isHead($0) || HybridConversion.isNew($0) })
    if place.initialization == .fitted {
      let encoder = try DocumentEncoder(
        tokenizer: tokenizer, preparer: prepared.forTraining(preparation.request),
        maximumLength: TextClassifier.length(maxLength, checkpoint.configuration))
      try fit(hybrid, to: checkpoint, encoder)
    }
    let folder = URL(userPath: output)
    if hasLabels {
      try BERTCheckpoint.save(hybrid, to: folder)
    } else {
      try BERTCheckpoint.saveEncoder(
        of: hybrid, predictionHeadOf: CheckpointWeights(folder: source, keepsPredictionHead: true), to: folder)
      Console.note("without a classifier, as the checkpoint has no labels; --labels gives it one, and training does")
    }
    try tokenizer.save(to: folder)
    let drawn = hybrid.parameters.drawn.filter { hasLabels || !BERTCheckpoint.isHead($0) }
    if !drawn.isEmpty { Console.note("drawn anew: \(drawn.joined(separator: ", "))") }
    Console.write("Hybrid: \(folder.path)")
  }

  /// Fits the hybrid on the training texts of `--data`.
  private func fit(_ hybrid: any DocumentClassifier, to checkpoint: BERTCheckpoint, _ encoder: DocumentEncoder) throws {
    guard let data else { throw FarqError(.usage, "--init fitted reads texts: give some with --data") }
    let documents = try Dataset.load(from: URL(dataPath: data), options: reading.loadOptions(requireLabels: false))
      .documents(in: .train)
    let texts = try EncodedDocuments(encoder.encode(Array(documents.textSequence)))
    let baseline = try ClassifierFactory.make(
      checkpoint.configuration, weights: checkpoint.weights, seed: seed, mayDraw: BERTCheckpoint.isHead)
    try HybridFit(hybrid, to: baseline)(
      on: FitTexts(texts, tokens: place.fitTokens, seed: seed).batches(on: .cpu)
    ) { Console.write(FitText.line($0)) }
  }

  /// The checkpoint in the architecture asked for, and whether it has labels; without any it gets two, for a head that
  /// is not written.
  private func checkpoint(
    _ source: URL, _ tokenizer: BERTTokenizer
  ) throws -> (checkpoint: BERTCheckpoint, hasLabels: Bool) {
    let given = try BERTCheckpoint(folder: source, keepsPredictionHead: architecture == .encoderDecoder)
    let checkpoint = try given.converted(to: architecture ?? given.configuration.architecture)
    let labels = try givenLabels() ?? checkpoint.configuration.labels
    guard checkpoint.configuration.architecture == .encoderDecoder else {
      guard !labels.isEmpty else {
        return (try checkpoint.prepared(forLabels: ["LABEL_0", "LABEL_1"]).checkpoint, false)
      }
      if self.labels != nil, let reason = checkpoint.reasonForNewHead(labels) {
        Console.note("the classifier for \(labels.joined(separator: ", ")) is drawn anew: \(reason)")
      }
      return (self.labels == nil ? checkpoint : try checkpoint.prepared(forLabels: labels).checkpoint, true)
    }
    guard !labels.isEmpty else {
      throw FarqError(
        .usage, "an encoder-decoder writes the names of labels, and \(source.path) has none: name them with --labels")
    }
    guard checkpoint.configuration.labelTokens == nil || self.labels != nil else { return (checkpoint, true) }
    return (checkpoint.prepared(forLabels: labels, tokens: try LabelTokens(labels, tokenizer: tokenizer)), true)
  }

  /// The labels of `--labels`.
  private func givenLabels() throws -> [String]? {
    guard let labels else { return nil }
    let names = labels.split(separator: ",", omittingEmptySubsequences: false).map { LabelName.cleaned(String($0)) }
    guard names.count >= 2, !names.contains(""), Set(names).count == names.count else {
      throw FarqError(.usage, "--labels \(labels): give two or more different names, with commas between them")
    }
    return names
  }

  /// What texts go through, where the command line or the checkpoint says so; texts themselves are not read here.
  private func store(_ prepared: CheckpointPreparation, in configuration: inout BERTConfiguration) throws {
    let request = preparation.request
    guard prepared.stored != nil || request != PreparationRequest() else { return }
    var farq = configuration.farq ?? FarqConfiguration()
    farq.preprocess = try prepared.resolved(request).json()
    configuration.farq = farq
  }
}
