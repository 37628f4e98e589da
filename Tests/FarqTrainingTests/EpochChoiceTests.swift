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
    #expect(counts == [12, 12, 4, 2])
    #expect(settings.resolved(pieces: 630).earlyStopping == 4)
    settings.earlyStopping = 1
    #expect(settings.resolved(pieces: 630).earlyStopping == 1)
    #expect(!settings.resolved(pieces: 630).choosesEpochs)
  }
}
