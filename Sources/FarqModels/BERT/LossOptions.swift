public import FarqTorch

/// How a document's loss counts.
public struct LossOptions {
  /// The weight of each label, [labels]; nil weighs all alike.
  public var classWeights: Tensor?
  /// Mass that the targets share out over all classes.
  public var labelSmoothing: Double

  /// Makes the options.
  public init(classWeights: Tensor? = nil, labelSmoothing: Double = 0) {
    self.classWeights = classWeights
    self.labelSmoothing = labelSmoothing
  }
}
