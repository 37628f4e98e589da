public import FarqArabicText
public import FarqInference
public import FarqModels
public import FarqTokenizer
public import FarqTraining
public import Foundation

/// Everything that decides a run; written resolved into the run folder.
public struct ExperimentSettings: Sendable {
  /// Where the models begin.
  public var origin = ModelOrigin.scratch(ScratchModel())
  /// A head or a decoder; nil takes the checkpoint's own, which for an encoder is a head.
  public var architecture: FarqConfiguration.Architecture?
  /// The documents.
  public var data = DataSettings()
  /// The shares to compare; 0 is the baseline.
  public var ratios = [0, 0.25, 0.5]
  /// The variants that replace attention.
  public var variants = [AttentionVariant.diff]
  /// Layers or heads.
  public var granularity = AttentionGranularity.layers
  /// Which layers.
  public var placement = Placement.last
  /// The pairing; nil takes the granularity's own.
  public var pairing: AttentionPairing?
  /// Which stack.
  public var stack = AttentionStack.encoder
  /// λ_init; nil takes the variant's own.
  public var lambdaInit: LambdaInit?
  /// How hybrids begin.
  public var initialization = HybridInitialization.anneal
  /// Updates of the annealing; nil takes a third of all.
  public var annealSteps: Int?
  /// Tokens of the training texts that `fitted` reads, at most.
  public var fitTokens = 100_000
  /// The bias that the λ of `diff-v2` start from.
  public var lambdaBias = HybridConversion.defaultLambdaBias
  /// What hybrids start from.
  public var start = StartingPoint.pretrained
  /// How many seeds, from the training seed on.
  public var seedCount = 1
  /// Whether a hybrid given as the model is trained on as it is; otherwise it is an error.
  public var takesHybrids = false
  /// The notebook's missing mask.
  public var ignoresMask = false
  /// Dropout everywhere; nil keeps the checkpoint's.
  public var dropout: Double?
  /// Tokens of a document, at most; nil takes 512 or what the model has.
  public var maximumLength: Int?
  /// What becomes of longer documents.
  public var long = LongDocument.head
  /// Whose ids, where slow and fast tokenizers differ.
  public var tokenizerCompatibility = TokenizerCompatibility.checkpoint
  /// What texts go through before the tokenizer, as asked for; what is not asked for is the checkpoint's.
  public var preparation = PreparationRequest()
  /// Whether TF-IDF and a linear SVM are trained on the same split.
  public var includesLinear = true
  /// A fine-tuned classifier that the models learn from, beside the labels.
  public var teacher: URL?
  /// How each configuration is trained.
  public var training = TrainingSettings()

  /// The margin within which hybrids are to be shown no worse, as a share; nil asks for none.
  public var margin: Double?
  /// Threads and device, where they were asked for; they are no part of a run's identity.
  public var threads: Int?
  /// The device's word.
  public var device: String?

  /// The default settings.
  public init() {}
}
