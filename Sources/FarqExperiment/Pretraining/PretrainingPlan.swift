public import FarqArabicText
public import FarqModels
public import FarqTorch
public import FarqTraining
public import Foundation

/// Everything that decides a pretraining run.
public struct PretrainingPlan: Sendable {
  /// The text.
  public var data: URL
  /// The column of the text in tables and JSON lines.
  public var textColumn = "text"
  /// The column of the split.
  public var splitColumn = "split"
  /// Reads validation and test documents too, not the training split alone.
  public var takesAllSplits = false
  /// Training documents of each label, at most.
  public var trainLimit: Int?
  /// The share of the documents that is held out to measure on.
  public var heldOutShare = 0.01
  /// What texts go through before the tokenizer, as asked for; what is not asked for is the checkpoint's.
  public var preparation = PreparationRequest()
  /// The checkpoint to go on from; nil draws a new model.
  public var model: URL?
  /// The sizes of a new model.
  public var sizes = PretrainedSizes()
  /// What becomes differential at the start; nil keeps the attention as it is.
  public var request: AttentionRequest?
  /// How it begins.
  public var initialization = HybridInitialization.anneal
  /// Dropout everywhere while this run lasts; nil takes the model's own, which the checkpoint keeps in any case.
  public var dropout: Double?
  /// What the checkpoint's tensors are rounded to.
  public var savedType = DType.float32
  /// Threads, where they were asked for; no part of a run's identity.
  public var threads: Int?
  /// The device's word, likewise.
  public var device: String?
  /// How it is trained.
  public var settings = PretrainingSettings()

  /// A plan for the text at `data`.
  public init(data: URL) { self.data = data }
}
