import ArgumentParser
import FarqCore
import FarqInference
import FarqTorch
import FarqTraining

/// How a configuration is trained.
struct TrainingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Passes over the training documents, or auto: by their number, with an early stop. By default 3 for large models, "
        + "auto for small ones, 15 from scratch.", valueName: "n"))
  var epochs: EpochCount?

  @Option(help: ArgumentHelp("Updates in all, instead of --epochs.", valueName: "n"))
  var steps: Int?

  @Option(help: ArgumentHelp("Documents of one batch.", valueName: "n"))
  var batchSize = 16

  @Option(help: ArgumentHelp("Batches of one update.", valueName: "n"))
  var gradientAccumulation = 1

  @Option(
    help: ArgumentHelp(
      "The peak learning rate; 2e-5 for large models, 4e-4 from scratch, 2e-4 for small ones and 3e-4 where they see many documents.",
      valueName: "rate"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      "A factor on it for what differential attention adds: λ, its norm, DEX’s corrections.", valueName: "factor"))
  var newParameterFactor = 1.0

  @Option(
    help: ArgumentHelp("A factor on it for the classifier; 10 for small models, 1 otherwise.", valueName: "factor"))
  var headFactor: Double?

  @Option(
    help: ArgumentHelp(
      "A factor on it from each layer to the one below; 0.5 for small models that see few documents, 1 otherwise.",
      valueName: "factor"))
  var layerDecay: Double?

  @Option(help: ArgumentHelp("Decoupled weight decay of matrices.", valueName: "decay"))
  var weightDecay = 0.01

  @Option(help: ArgumentHelp("The share of updates in which the rate rises.", valueName: "share"))
  var warmupRatio = 0.1

  @Option(help: "linear, cosine or constant, after the warm-up.")
  var schedule = LearningRateSchedule.Shape.linear

  @Option(help: ArgumentHelp("Gradients are scaled down to this norm; 0 leaves them.", valueName: "norm"))
  var maxGradientNorm = 1.0

  @Option(
    help: ArgumentHelp("Updates in which hybrids turn differential with --init anneal; a third of all.", valueName: "n")
  )
  var annealSteps: Int?

  @Option(help: ArgumentHelp("Mass that targets share out over all labels.", valueName: "share"))
  var labelSmoothing = 0.0

  @Option(help: ArgumentHelp("Dropout everywhere; by default the model's own.", valueName: "p"))
  var dropout: Double?

  @Option(help: ArgumentHelp("balanced weighs labels by their rarity.", valueName: "balanced"))
  var classWeights: ClassWeights?

  @Flag(help: "Keeps the order of the data.")
  var noShuffle = false

  @Option(help: ArgumentHelp("Ends after so many epochs without a better one.", valueName: "k"))
  var earlyStopping: Int?

  @Option(help: "accuracy, macro-f1 or loss: what chooses the best epoch; loss for small models, accuracy otherwise.")
  var selectionMetric: SelectionMetric?

  @Option(help: ArgumentHelp("Decides order, dropout and what is drawn.", valueName: "n"))
  var seed: UInt64 = 42

  @Option(help: ArgumentHelp("Updates between saved states, for --resume; 0 saves none.", valueName: "n"))
  var checkpointEvery = 0

  @Option(help: ArgumentHelp("How many saved states are kept, the last ones.", valueName: "n"))
  var keepCheckpoints = 2

  @Flag(help: "Goes on where the interrupted run in --output stopped; without other options by the run's own.")
  var resume = false

  @Flag(help: "Trains by each layer's plain formula, without fused operators: slower, to check these against.")
  var plain = false

  @OptionGroup(title: "Several processes") var processes: ProcessOptions

  @OptionGroup var device: DeviceOptions

  /// Read before the options are parsed; here for the help.
  @Option(help: ArgumentHelp("A JSON file of options by their long names; the command line wins.", valueName: "file"))
  var config: String?

  /// The weights of labels in the loss.
  enum ClassWeights: String, ExpressibleByArgument, CaseIterable {
    /// By rarity.
    case balanced
  }

  /// The settings, checked.
  ///
  /// - Parameter scale: chooses the defaults.
  func settings(for scale: ModelScale) throws -> TrainingSettings {
    try check()
    var settings = TrainingSettings()
    settings.choosesEpochs = (epochs ?? scale.epochs) == .auto && steps == nil
    settings.epochs = (epochs ?? scale.epochs).number ?? settings.epochs
    settings.steps = steps
    settings.batchSize = batchSize
    settings.gradientAccumulation = gradientAccumulation
    settings.learningRate = learningRate ?? scale.learningRate
    settings.choosesLearningRate = learningRate == nil && scale == .small
    settings.newParameterFactor = newParameterFactor
    settings.headFactor = headFactor ?? scale.headFactor
    settings.layerDecay = layerDecay ?? scale.layerDecay
    settings.choosesLayerDecay = layerDecay == nil
    settings.weightDecay = weightDecay
    settings.warmupRatio = warmupRatio
    settings.schedule = schedule
    settings.maximumGradientNorm = maxGradientNorm
    settings.labelSmoothing = labelSmoothing
    settings.balancesClasses = classWeights == .balanced
    settings.shuffles = !noShuffle
    settings.earlyStopping = earlyStopping
    settings.selectionMetric = selectionMetric ?? scale.selectionMetric
    settings.seed = seed
    settings.precision = device.precision
    settings.checkpointEvery = checkpointEvery
    settings.keptCheckpoints = keepCheckpoints
    settings.usesPlainFormulae = plain
    return settings
  }

  private func check() throws {
    guard device.precision != .int8 else {
      throw FarqError(.usage, "--precision int8 is for classify and evaluate: train in bf16 or fp32")
    }
    let wholes: [(String, Int?)] = [
      ("--epochs", epochs?.number), ("--steps", steps), ("--batch-size", batchSize),
      ("--gradient-accumulation", gradientAccumulation), ("--early-stopping", earlyStopping),
      ("--keep-checkpoints", keepCheckpoints),
    ]
    for case (let name, let value?) in wholes where value < 1 {
      throw FarqError(.usage, "\(name) \(value): use 1 or more")
    }
    for case (let name, let value?) in [("--anneal-steps", annealSteps), ("--checkpoint-every", checkpointEvery)]
    where value < 0 {
      throw FarqError(.usage, "\(name) \(value): use 0 or more")
    }
    let shares = [("--warmup-ratio", warmupRatio), ("--label-smoothing", labelSmoothing), ("--dropout", dropout ?? 0)]
    for (name, value) in shares where !(0..<1).contains(value) {
      throw FarqError(.usage, "\(name) \(value): use a share from 0 to below 1")
    }
    let positives = [
      ("--learning-rate", learningRate ?? 1), ("--new-parameter-factor", newParameterFactor),
      ("--head-factor", headFactor ?? 1), ("--layer-decay", layerDecay ?? 1),
    ]
    for (name, value) in positives where !(value > 0 && value.isFinite) {
      throw FarqError(.usage, "\(name) \(value): use a positive number")
    }
    let notNegative = [("--weight-decay", weightDecay), ("--max-gradient-norm", maxGradientNorm)]
    for (name, value) in notNegative where !(value >= 0 && value.isFinite) {
      throw FarqError(.usage, "\(name) \(value): use 0 or more")
    }
  }
}
