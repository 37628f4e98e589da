extension TrainingSettings {
  /// Updates that a run with `--epochs auto` aims at; chosen by experiments/mini/search.sh.
  private static let wantedUpdates = 310
  /// From so many updates on documents are many: they hold more than what an encoder has to forget for them.
  private static let manyUpdates = 1000
  /// How much faster a model learns from many documents than from few.
  private static let manyDocumentsFactor = 1.5

  /// The settings with epochs and learning rates chosen for `pieces` of training text, where they are to be chosen: few
  /// documents are read often and slowly, many seldom and fast and in all layers alike, from 2 to 12 times. A run ends
  /// early after a third of the epochs, at least 3, without a better one.
  public func resolved(pieces: Int) -> TrainingSettings {
    var settings = self
    let updates = max(1, pieces / (batchSize * gradientAccumulation))
    if choosesEpochs {
      settings.epochs = min(12, max(2, (Self.wantedUpdates + updates - 1) / updates))
      settings.earlyStopping = earlyStopping ?? max(3, settings.epochs / 3)
      settings.choosesEpochs = false
    }
    if (steps ?? updates * settings.epochs) >= Self.manyUpdates {
      if choosesLearningRate { settings.learningRate *= Self.manyDocumentsFactor }
      if choosesLayerDecay { settings.layerDecay = 1 }
    }
    (settings.choosesLearningRate, settings.choosesLayerDecay) = (false, false)
    return settings
  }
}
