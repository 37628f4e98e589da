import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import FarqTraining
import Foundation
import Testing

/// Serialized: libtorch's random state is the process's.
@Suite(.serialized) struct TrainerTests {
  private func train(
    _ model: BERTClassifier, _ settings: TrainingSettings, folder: URL? = nil
  ) throws -> (outcome: TrainingOutcome, losses: [Double]) {
    let trainer = try Trainer(
      model: model, training: TinyModel.documents(80, seed: 1), validation: TinyModel.documents(40, seed: 2),
      settings: settings, stateFolder: folder)
    var losses: [Double] = []
    if folder != nil { _ = try trainer.resume() }
    let outcome = try trainer.run { event in
      if case .step(let step) = event { losses.append(step.loss) }
    }
    return (outcome, losses)
  }

  @Test func learnsWhatTheFirstWordDecides() throws {
    let (outcome, losses) = try train(TinyModel.make(), TinyModel.settings(epochs: 12))
    let accuracy = outcome.best.accuracy
    #expect(accuracy > 0.9)
    #expect(losses.count == 120)
    #expect((losses.suffix(10).max() ?? 9) < (losses.first ?? 0))
  }

  @Test func isTheSameForTheSameSeed() throws {
    let first = try train(TinyModel.make(), TinyModel.settings()).losses
    let second = try train(TinyModel.make(), TinyModel.settings()).losses
    var other = TinyModel.settings()
    other.seed = 43
    #expect(first == second)
    #expect(try train(TinyModel.make(), other).losses != first)
  }

  /// Three epochs by the fused operators go as three epochs by the plain formulae.
  @Test(arguments: [AttentionVariant.standard, .diff, .diffV2, .dex])
  func fusedOperatorsTrainAsThePlainFormulae(variant: AttentionVariant) throws {
    let ratio = variant == .standard ? 0 : 0.5
    let plan = try AttentionRequest(variant: variant, ratio: ratio).plan(layers: 4, heads: 4, headSize: 4)
    var settings = TinyModel.settings()
    let fused = try train(TinyModel.make(plan: plan, dropout: 0), settings)
    settings.usesPlainFormulae = true
    let plain = try train(TinyModel.make(plan: plan, dropout: 0), settings)
    #expect(zip(fused.losses, plain.losses).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(fused.losses != plain.losses, "two ways of adding up differ in the last places")
    #expect(abs(fused.outcome.best.loss - plain.outcome.best.loss) < 1e-3)
  }

  /// Two micro-batches of four give the gradients of one batch of eight.
  @Test func accumulationEqualsALargerBatch() throws {
    var large = TinyModel.settings(epochs: 1)
    large.shuffles = false
    var small = large
    small.batchSize = 4
    small.gradientAccumulation = 2
    let one = try train(TinyModel.make(dropout: 0), large).losses
    let two = try train(TinyModel.make(dropout: 0), small).losses
    #expect(one.count == two.count)
    #expect(zip(one, two).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  /// A run that goes on from a saved state takes the same steps as one that was never interrupted; the state is saved at
  /// the end of an epoch and in the middle of one.
  @Test(arguments: [10, 14]) func resumesWhereItStopped(every: Int) throws {
    let folder = try TemporaryFolder()
    var settings = TinyModel.settings(epochs: 2)
    settings.steps = 19
    settings.checkpointEvery = every
    let whole = try train(TinyModel.make(), settings, folder: folder.url)
    try FileManager.default.removeItem(at: folder.file("training-state-19.safetensors"))
    let resumed = try train(TinyModel.make(), settings, folder: folder.url)
    #expect(resumed.losses.count == 19 - every)
    #expect(resumed.losses == Array(whole.losses.suffix(19 - every)))
    #expect(resumed.outcome.best.accuracy == whole.outcome.best.accuracy)
  }

  @Test func refusesAStateOfOtherSettings() throws {
    let folder = try TemporaryFolder()
    var settings = TinyModel.settings(epochs: 1)
    settings.checkpointEvery = 5
    _ = try train(TinyModel.make(), settings, folder: folder.url)
    settings.learningRate = 1
    let error = #expect(throws: FarqError.self) { try train(TinyModel.make(), settings, folder: folder.url) }
    #expect(error?.kind == .usage)
  }

  @Test func keepsTheBestEpochsWeights() throws {
    let model = try TinyModel.make()
    let outcome = try train(model, TinyModel.settings(epochs: 6)).outcome
    let again = try Predicting.evaluate(model, TinyModel.documents(40, seed: 2))
    #expect(again.accuracy == outcome.best.accuracy)
    #expect(abs(again.loss - outcome.best.loss) < 1e-6)
  }

  /// Before the first annealed step the hybrid is the baseline; after the last it is purely differential.
  @Test func annealsFromTheBaseline() throws {
    let base = try TinyModel.make(dropout: 0)
    let plan = try AttentionRequest(variant: .diff, ratio: 0.5).plan(layers: 4, heads: 4, headSize: 4)
    let hybrid = try TinyModel.make(plan: plan, weights: base.weights, dropout: 0)
    var settings = TinyModel.settings(epochs: 1)
    settings.shuffles = false
    settings.annealSteps = 5
    let expected = try #require(try train(base, settings).losses.first)
    let annealed = try #require(try train(hybrid, settings).losses.first)
    #expect(abs(expected - annealed) < 1e-5)
    settings.annealSteps = 0
    let abrupt = try TinyModel.make(plan: plan, weights: TinyModel.make(dropout: 0).weights, dropout: 0)
    #expect(abs(try #require(try train(abrupt, settings).losses.first) - expected) > 1e-4)
  }

  /// The first update of AdamW moves a parameter by the rate, whatever its gradient: what differential attention added
  /// by its factor more, the classifier by its own, everything else the slower the deeper it lies.
  @Test func everyParameterLearnsByItsFactor() throws {
    let plan = try AttentionRequest(variant: .diff, ratio: 0.5).plan(layers: 4, heads: 4, headSize: 4)
    let model = try TinyModel.make(plan: plan, weights: TinyModel.make(dropout: 0).weights, dropout: 0)
    let new = HybridConversion.newNames(in: model.parameters)
    #expect(new.count == 10 && new.contains("bert.encoder.layer.3.attention.self.lambda_q1"))
    let names = [
      "bert.encoder.layer.3.attention.self.lambda_q1", "classifier.bias", "bert.pooler.dense.bias",
      "bert.encoder.layer.3.output.dense.bias", "bert.encoder.layer.0.output.dense.bias",
      "bert.embeddings.LayerNorm.bias",
    ]
    let before = try names.map { try #require(model.parameters[$0]).floats() }
    var settings = TinyModel.settings()
    (settings.steps, settings.schedule, settings.warmupRatio) = (1, .constant, 0)
    (settings.learningRate, settings.maximumGradientNorm) = (1e-3, 0)
    (settings.newParameterFactor, settings.headFactor, settings.layerDecay) = (10, 4, 0.5)
    let trainer = try Trainer(
      model: model, newParameters: new, training: TinyModel.documents(8, seed: 1),
      validation: TinyModel.documents(8, seed: 2), settings: settings)
    _ = try trainer.run()
    for (index, rate) in [1e-2, 4e-3, 1e-3, 5e-4, 1e-3 / 16, 1e-3 / 32].enumerated() {
      let after = try #require(model.parameters[names[index]]).floats()
      let moved = zip(before[index], after).map { Double(abs($0 - $1)) }.max() ?? 0
      #expect(abs(moved / rate - 1) < 0.02, "\(names[index]) moved by \(moved)")
    }
  }

  /// Validation labels that the training ones belie make every epoch worse than the one before; even so a hybrid is kept
  /// only from when it was differential for a whole epoch, and not given up before.
  @Test(arguments: [AttentionVariant?.none, .diff])
  func aHybridIsKeptOnceItIsDifferential(variant: AttentionVariant?) throws {
    let plan = try variant.map { try AttentionRequest(variant: $0, ratio: 0.5).plan(layers: 4, heads: 4, headSize: 4) }
    let model = try TinyModel.make(plan: plan, weights: TinyModel.make(dropout: 0).weights, dropout: 0)
    var settings = TinyModel.settings(epochs: 5)
    settings.selectionMetric = .loss
    settings.annealSteps = 25
    settings.earlyStopping = 2
    let validation = try TinyModel.documents(40, seed: 2)
    let trainer = try Trainer(
      model: model, training: TinyModel.documents(80, seed: 1),
      validation: TrainingDocuments(tokens: validation.tokens, targets: validation.targets.map { ($0 + 1) % 3 }),
      settings: settings)
    let outcome = try trainer.run()
    #expect(outcome.bestEpoch == (variant == nil ? 1 : 4))
    #expect(outcome.steps == (variant == nil ? 30 : 50))
  }

  @Test func stopsWhenALossIsNotFinite() throws {
    var settings = TinyModel.settings(epochs: 1)
    settings.learningRate = 1e30
    settings.maximumGradientNorm = 0
    let trainer = try Trainer(
      model: TinyModel.make(), training: TinyModel.documents(80, seed: 1),
      validation: TinyModel.documents(40, seed: 2), settings: settings)
    let error = #expect(throws: FarqError.self) { try trainer.run() }
    #expect(error?.kind == .badData)
    let message = try #require(error?.message)
    #expect(message.contains("--learning-rate") && message.contains("at update ") && message.contains("of document "))
    #expect(message.hasSuffix("no state was saved"))
  }
}
