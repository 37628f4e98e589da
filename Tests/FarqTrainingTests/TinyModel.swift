import FarqCore
import FarqInference
import FarqModels
import FarqTorch
import FarqTraining

/// A BERT of a few thousand parameters and documents whose label their first word decides.
enum TinyModel {
  static func make(
    plan: AttentionPlan? = nil, weights: (any WeightSource)? = nil, dropout: Double = 0.1
  ) throws -> BERTClassifier {
    var configuration = BERTConfiguration(
      vocabularySize: 40, hiddenSize: 16, layerCount: 4, headCount: 4, intermediateSize: 32, maximumPositions: 16,
      labels: ["a", "b", "c"])
    configuration.hiddenDropout = dropout
    configuration.attentionDropout = dropout
    configuration.initializerRange = 0.1
    configuration.farq = plan.map { FarqConfiguration(attention: $0) }
    return try BERTClassifier(
      configuration, weights: weights, seed: 5, trainable: true, mayDraw: { HybridConversion.isNew($0) })
  }

  static func documents(_ count: Int, seed: UInt64) throws -> TrainingDocuments {
    var generator = SeededGenerator(seed: seed)
    let targets = (0..<count).map { _ in generator.below(3) }
    let documents = targets.map { target in
      let rest = (0..<(1 + generator.below(8))).map { _ in Int32(10 + generator.below(30)) }
      let ids = [2, Int32(5 + target)] + rest + [3]
      return EncodedDocument(pieces: [ids], tokenCount: ids.count, isCut: false)
    }
    return try TrainingDocuments(documents: documents, targets: targets)
  }

  static func settings(epochs: Int = 3) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.epochs = epochs
    settings.batchSize = 8
    settings.learningRate = 5e-3
    settings.precision = .fp32
    return settings
  }
}
