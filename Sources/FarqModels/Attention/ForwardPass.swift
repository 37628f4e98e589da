/// The circumstances of one forward pass.
public struct ForwardPass {
  /// Whether dropout acts.
  public var training: Bool
  /// α of `anneal`: 0 is the standard layer, 1 the differential one.
  public var alpha: Double
  /// Keeps the attention maps, if one looks at them.
  public var recorder: AttentionRecorder?

  /// Works out the last layer at each document's first token alone, where nothing else is read.
  public var readsFirstRowsOnly = false

  /// Works everything out as the formulae stand, without fused operators: the reference of the tests.
  public var isPlain = false

  /// Makes the circumstances; by default those of prediction.
  public init(training: Bool = false, alpha: Double = 1, recorder: AttentionRecorder? = nil) {
    self.training = training
    self.alpha = alpha
    self.recorder = recorder
  }
}
