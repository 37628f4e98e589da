extension TrainingSettings {
  /// Updates that a run with `--epochs auto` aims at; chosen by experiments/mini/search.sh.
  private static let wantedUpdates = 450

  /// The settings with epochs chosen for `pieces` of training text, where they are to be chosen: few documents are read
  /// often, many documents seldom, from 2 to 12 times. A run ends early after a third of them without a better one.
  public func resolved(pieces: Int) -> TrainingSettings {
    guard choosesEpochs else { return self }
    var settings = self
    let updates = max(1, pieces / (batchSize * gradientAccumulation))
    settings.epochs = min(12, max(2, (Self.wantedUpdates + updates - 1) / updates))
    settings.earlyStopping = earlyStopping ?? max(2, settings.epochs / 3)
    settings.choosesEpochs = false
    return settings
  }
}
