public import FarqTorch

/// The operators that a model is worked out by.
public enum Operators: Sendable {
  /// Farq's own of the processor: a pass over memory where the formulae take several, no map stored.
  case fused
  /// libtorch's, for every device: attention without stored maps where the device has kernels for it.
  case library
  /// The formulae as they stand: the reference of the tests, and what is looked at.
  case plain
}

/// The circumstances of one forward pass.
public struct ForwardPass {
  /// Whether dropout acts.
  public var training: Bool
  /// α of `anneal`: 0 is the standard layer, 1 the differential one.
  public var alpha: Double
  /// Keeps the attention maps, if one looks at them.
  public var recorder: AttentionRecorder?

  /// Sums up what differential heads take away, if one asks.
  var meter: SubtractionMeter?

  /// Works out the last layer at each document's first token alone, where nothing else is read.
  public var readsFirstRowsOnly = false

  /// The operators to take whatever the device; nil leaves it to the device.
  public var chosenOperators: Operators?

  /// The operators of this pass on `device`: the one place that decides.
  public func operators(on device: Device) -> Operators {
    if recorder != nil { return .plain }
    if meter != nil { return .library }
    return chosenOperators ?? (device.isCPU ? .fused : .library)
  }

  /// Makes the circumstances; by default those of prediction.
  public init(training: Bool = false, alpha: Double = 1, recorder: AttentionRecorder? = nil) {
    self.training = training
    self.alpha = alpha
    self.recorder = recorder
  }
}
