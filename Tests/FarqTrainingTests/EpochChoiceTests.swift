import FarqTraining
import Testing

@Suite struct EpochChoiceTests {
  /// Few documents are read often, many seldom; what was not asked for is left alone.
  @Test func followsTheNumberOfDocuments() {
    var settings = TrainingSettings()
    settings.epochs = 7
    #expect(settings.resolved(pieces: 100) == settings)
    settings.choosesEpochs = true
    let counts = [50, 630, 2000, 100_000].map { settings.resolved(pieces: $0).epochs }
    #expect(counts == [12, 8, 3, 2])
    #expect(settings.resolved(pieces: 630).earlyStopping == 3)
    settings.earlyStopping = 1
    #expect(settings.resolved(pieces: 630).earlyStopping == 1)
    #expect(!settings.resolved(pieces: 630).choosesEpochs)
  }

  /// Many documents are learnt from faster, and in all layers alike; rates that were asked for stay.
  @Test func theRateFollowsTheNumberOfUpdates() {
    var settings = TrainingSettings()
    (settings.epochs, settings.learningRate) = (2, 1e-4)
    #expect(settings.resolved(pieces: 100_000).learningRate == 1e-4)
    settings.layerDecay = 0.5
    #expect(settings.resolved(pieces: 100_000).layerDecay == 0.5)
    (settings.choosesLearningRate, settings.choosesLayerDecay) = (true, true)
    #expect([7000, 9000].map { settings.resolved(pieces: $0).layerDecay } == [0.5, 1])
    let rates = [100, 7000, 9000, 100_000].map { settings.resolved(pieces: $0).learningRate }
    #expect(zip(rates, [1e-4, 1e-4, 1.5e-4, 1.5e-4]).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(!settings.resolved(pieces: 9000).choosesLearningRate)
    settings.steps = 999
    #expect(settings.resolved(pieces: 100_000).learningRate == 1e-4)
  }
}
