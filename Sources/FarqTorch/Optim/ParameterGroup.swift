/// Parameters that are updated with the same settings.
public struct ParameterGroup {
  /// The names, for the optimizer's saved state.
  public let names: [String]
  /// The parameters.
  public let parameters: [Tensor]
  /// Decoupled weight decay.
  public let weightDecay: Double
  /// A factor on the learning rate.
  public let learningRateFactor: Double

  /// Makes a group.
  public init(names: [String], parameters: [Tensor], weightDecay: Double, learningRateFactor: Double = 1) {
    self.names = names
    self.parameters = parameters
    self.weightDecay = weightDecay
    self.learningRateFactor = learningRateFactor
  }

  /// The same settings for those parameters whose name `isWanted`.
  func selecting(_ isWanted: (String) -> Bool) -> ParameterGroup {
    let kept = names.indices.filter { isWanted(names[$0]) }
    return ParameterGroup(
      names: kept.map { names[$0] }, parameters: kept.map { parameters[$0] }, weightDecay: weightDecay,
      learningRateFactor: learningRateFactor)
  }
}
