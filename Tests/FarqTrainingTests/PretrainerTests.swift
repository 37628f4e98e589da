import FarqCore
import FarqInference
import FarqModels
import FarqTesting
import FarqTokenizer
import FarqTorch
import FarqTraining
import Foundation
import Testing

/// Pretraining against transformers' `BertForMaskedLM`, and its promises. Serialized: libtorch's random state is the
/// process's.
@Suite(.serialized) struct PretrainerTests {
  /// `masked.json`: what transformers did, update by update.
  struct Expected: Decodable {
    let peak_rate: Double
    let warmup_ratio: Double
    let decay: Double
    let steps: [Step]

    struct Step: Decodable {
      let documents: [[Int32]]
      let labels: [[Int32]]
      let loss: Double

      var batch: MaskedBatch {
        var batch = MaskedBatch()
        for (ids, labels) in zip(documents, labels) {
          let targets = labels.enumerated().filter { $0.element >= 0 }
          batch.append(ids, targets: targets.map { WordMasking.Target(place: $0.offset, id: $0.element) })
        }
        return batch
      }
    }
  }

  private func settings(steps: Int) -> PretrainingSettings {
    var settings = PretrainingSettings()
    settings.training.steps = steps
    settings.training.batchSize = 2
    settings.training.learningRate = 2e-3
    settings.training.precision = .fp32
    settings.maximumLength = 24
    settings.evaluateEvery = 0
    return settings
  }

  private func pretrainer(
    _ model: MaskedLanguageModel, _ settings: PretrainingSettings, state: URL? = nil
  ) throws -> Pretrainer {
    try Pretrainer(
      model: model, corpus: MaskedText.corpus(documents: 40, seed: 1),
      heldOut: MaskedText.corpus(documents: 8, seed: 2),
      tokenizer: MaskedText.tokenizer(), settings: settings, stateFolder: state)
  }

  private func losses(_ pretrainer: Pretrainer) throws -> [Double] {
    var losses: [Double] = []
    _ = try pretrainer.run { if case .step(let step) = $0 { losses.append(step.loss) } }
    return losses
  }

  @Test func givesTransformersLossesOverTwentyUpdates() throws {
    let expected = try Fixture.decode(Expected.self, from: "masked.json")
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("masked"), keepsPredictionHead: true)
    let model = try MaskedLanguageModel(checkpoint.configuration, weights: checkpoint.weights, trainable: true)
    #expect(model.parameters.drawn.isEmpty)
    var settings = settings(steps: expected.steps.count)
    settings.training.learningRate = expected.peak_rate
    settings.training.warmupRatio = expected.warmup_ratio
    settings.training.weightDecay = expected.decay
    let pretrainer = try pretrainer(model, settings)
    for step in expected.steps {
      let loss = try pretrainer.update([step.batch]).loss
      #expect(abs(loss - step.loss) < 1e-3, "\(loss) is not \(step.loss)")
    }
  }

  /// Two halves of a batch, of which one has more hidden words, count as the whole.
  @Test func accumulationEqualsALargerBatch() throws {
    let steps = try Fixture.decode(Expected.self, from: "masked.json").steps.prefix(6)
    let runs = try [true, false].map { isSplit in
      let checkpoint = try BERTCheckpoint(folder: Fixture.url("masked"), keepsPredictionHead: true)
      let model = try MaskedLanguageModel(checkpoint.configuration, weights: checkpoint.weights, trainable: true)
      let pretrainer = try pretrainer(model, settings(steps: 6))
      return try steps.map { step in
        let parts = [0..<2, 2..<5].map { range in
          Expected.Step(documents: Array(step.documents[range]), labels: Array(step.labels[range]), loss: 0).batch
        }
        return try pretrainer.update(isSplit ? parts : [step.batch]).loss
      }
    }
    #expect(zip(runs[0], runs[1]).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test func learnsWhatADocumentSays() throws {
    var settings = settings(steps: 200)
    settings.training.learningRate = 1e-2
    settings.documentWeight = 0.5
    let pretrainer = try pretrainer(MaskedText.model(hasPooler: true), settings)
    var documentLosses: [Double] = []
    let evaluation = try #require(
      try pretrainer.run { if case .step(let step) = $0 { documentLosses.append(step.documentLoss) } })
    #expect(evaluation.accuracy > 0.5, "\(evaluation)")
    #expect(evaluation.perplexity < 6)
    #expect((documentLosses.last ?? 9) < (documentLosses.first ?? 0))
  }

  /// A run that goes on from a saved state takes the same updates as one that was never interrupted, over the change of
  /// length too.
  @Test(arguments: [8, 11]) func resumesWhereItStopped(every: Int) throws {
    let folder = try TemporaryFolder()
    var settings = settings(steps: 15)
    settings.training.checkpointEvery = every
    settings.shortLength = 12
    settings.shortShare = 0.6
    settings.documentWeight = 1
    let whole = try losses(pretrainer(MaskedText.model(hasPooler: true), settings, state: folder.url))
    let resumed = try pretrainer(MaskedText.model(hasPooler: true), settings, state: folder.url)
    #expect(try resumed.resume() == every)
    #expect(try losses(resumed) == Array(whole.suffix(15 - every)))
    settings.maskShare = 0.2
    let other = try pretrainer(MaskedText.model(hasPooler: true), settings, state: folder.url)
    #expect(#expect(throws: FarqError.self) { try other.resume() }?.kind == .usage)
  }

  @Test func hidesOtherWordsInTheNextEpoch() throws {
    let first = try losses(pretrainer(MaskedText.model(), settings(steps: 6)))
    var other = settings(steps: 6)
    other.training.seed = 7
    #expect(try losses(pretrainer(MaskedText.model(), settings(steps: 6))) == first)
    #expect(try losses(pretrainer(MaskedText.model(), other)) != first)
  }

  /// A hybrid that anneals begins as its baseline.
  @Test func healsAHybridFromTheBaseline() throws {
    let base = try MaskedText.model()
    let plan = try AttentionRequest(variant: .diff, ratio: 0.5).plan(layers: 4, heads: 4, headSize: 4)
    let hybrid = try MaskedText.model(plan: plan, weights: base.weights)
    let expected = try losses(pretrainer(base, settings(steps: 3)))
    let annealed = try losses(pretrainer(hybrid, with(settings(steps: 3), annealSteps: nil)))
    #expect(abs((expected.first ?? 0) - (annealed.first ?? 1)) < 1e-5)
    #expect(abs((expected.last ?? 0) - (annealed.last ?? 0)) > 1e-7)
  }

  private func with(_ settings: PretrainingSettings, annealSteps: Int?) -> PretrainingSettings {
    var settings = settings
    settings.training.annealSteps = annealSteps
    return settings
  }

  @Test func stopsWhenALossIsNotFinite() throws {
    var settings = settings(steps: 5)
    settings.training.learningRate = 1e30
    settings.training.maximumGradientNorm = 0
    let pretrainer = try pretrainer(MaskedText.model(), settings)
    let error = #expect(throws: FarqError.self) { try pretrainer.run() }
    #expect(error?.message.contains("--learning-rate") == true)
  }

  /// With a limit of time the run ends by the clock, the rate at 0.
  @Test func endsWhenTheTimeIsOver() throws {
    var settings = settings(steps: 0)
    settings.training.steps = nil
    settings.timeLimit = 0.5
    var rates: [Double] = []
    _ = try pretrainer(MaskedText.model(), settings).run {
      if case .step(let step) = $0 { rates.append(step.learningRate) }
    }
    #expect(rates.count > 2)
    #expect((rates.max() ?? 0) <= 2e-3)
    #expect((rates.last ?? 1) < 0.5 * (rates.max() ?? 0))
  }
}
