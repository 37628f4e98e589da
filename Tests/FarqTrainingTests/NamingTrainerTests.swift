import FarqInference
import FarqModels
import FarqTesting
import FarqTraining
import Testing

/// An encoder-decoder trained to name labels whose names have different lengths.
@Suite struct NamingTrainerTests {
  private func model(_ plan: AttentionPlan? = nil) throws -> any DocumentClassifier {
    var configuration = try TinyModel.make().configuration
    configuration.farq = FarqConfiguration(architecture: .encoderDecoder, attention: plan)
    configuration.farq?.labelTokens = LabelTokens(start: 2, end: 3, names: [[10, 11], [12], [10, 13, 14]])
    return try ClassifierFactory.make(configuration, weights: nil, seed: 5, trainable: true)
  }

  @Test func learnsToNameTheLabel() throws {
    let plan = try AttentionRequest(variant: .diff, ratio: 0.5, stack: .both).plan(layers: 4, heads: 4, headSize: 4)
    for model in [try model(), try model(plan)] {
      let trainer = try Trainer(
        model: model, training: TinyModel.documents(160, seed: 1), validation: TinyModel.documents(40, seed: 2),
        settings: TinyModel.settings(epochs: 8))
      var losses: [Double] = []
      let outcome = try trainer.run { if case .step(let step) = $0 { losses.append(step.loss) } }
      #expect(outcome.best.accuracy > 0.9)
      #expect((losses.last ?? 9) < 0.5 * (losses.first ?? 0))
    }
  }
}
