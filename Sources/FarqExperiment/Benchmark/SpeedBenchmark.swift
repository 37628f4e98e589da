import FarqCore
public import FarqInference
public import FarqModels
public import FarqTorch
import FarqTraining
public import Foundation

/// Measures how fast this machine trains a model and predicts with it, on random token ids: speed does not ask what
/// the text says.
public struct SpeedBenchmark {
  /// What is measured.
  public enum Task: String, Sendable, CaseIterable {
    /// Updates: forward, backward, clipping, AdamW.
    case training
    /// Logits, in batches of like lengths.
    case prediction
  }

  /// What is measured.
  public var task = Task.training
  /// A checkpoint whose sizes and attention are taken; nil takes BERT-base with 64,000 words.
  public var folder: URL?
  /// What replaces attention where there is no checkpoint.
  public var attention: AttentionRequest?
  /// The tokens of each document.
  public var lengths: [Int] = []
  /// Documents of an update.
  public var batchSize = 8
  /// Layers of the model; nil takes its own.
  public var layers: Int?
  /// Dropout of hidden states and of attention maps; nil takes the model's own.
  public var hiddenDropout: Double?
  /// The same of attention maps.
  public var attentionDropout: Double?
  /// The precision of products.
  public var precision = Precision.auto
  /// The seed of weights and ids.
  public var seed: UInt64 = 42

  /// Makes a benchmark; set what is to be measured.
  public init() {}

  /// Runs it, after one update or batch that does not count.
  public func callAsFunction(on device: Device) throws -> SpeedMeasurement {
    guard !lengths.isEmpty else { throw FarqError(.usage, "there is nothing to measure: give --lengths") }
    guard task == .prediction || precision != .int8 else {
      throw FarqError(.usage, "--precision int8 is for --task prediction")
    }
    let model = try BERTClassifier(
      try configuration(), weights: nil, seed: seed, device: device, trainable: task == .training)
    var generator = SeededGenerator(seed: seed)
    let words = model.configuration.vocabularySize
    let documents = lengths.map { length in
      EncodedDocument(
        pieces: [(0..<length).map { _ in Int32(1 + generator.below(words - 1)) }], tokenCount: length, isCut: false)
    }
    let seconds = try task == .training ? train(model, documents, device) : [predict(model, documents, device)]
    return SpeedMeasurement(
      task: task.rawValue, seconds: seconds, documents: lengths.count, tokens: lengths.reduce(0, +),
      parameters: model.parameters.parameterCount,
      peakMemoryBytes: try device.memory()?.peak ?? PeakMemory.bytes(), threads: try Torch.threads(),
      precision: "\(precision.dtype(on: device))")
  }

  private func configuration() throws -> BERTConfiguration {
    var sizes = try folder.map { try BERTCheckpoint(folder: $0).configuration } ?? Self.base
    if sizes.labels.count < 2 { sizes.labels = (0..<7).map(String.init) }
    sizes.layerCount = layers ?? sizes.layerCount
    sizes.hiddenDropout = hiddenDropout ?? sizes.hiddenDropout
    sizes.attentionDropout = attentionDropout ?? sizes.attentionDropout
    if let attention {
      let plan = try attention.plan(layers: sizes.layerCount, heads: sizes.headCount, headSize: sizes.headSize)
      sizes.farq = FarqConfiguration(attention: plan)
    }
    guard let longest = lengths.max(), longest <= sizes.maximumPositions, (lengths.min() ?? 0) > 0 else {
      throw FarqError(.usage, "lengths must be from 1 to the model's \(sizes.maximumPositions) positions")
    }
    return sizes
  }

  /// The sizes of `bert-base-arabertv2`.
  private static let base = BERTConfiguration(
    vocabularySize: 64_000, hiddenSize: 768, layerCount: 12, headCount: 12, intermediateSize: 3072)

  /// The seconds of each update of one pass.
  private func train(_ model: BERTClassifier, _ documents: [EncodedDocument], _ device: Device) throws -> [Double] {
    let first = Array(documents.sorted { $0.tokenCount > $1.tokenCount }.prefix(batchSize))
    _ = try updates(model, first, device)
    return try updates(model, documents, device)
  }

  private func updates(_ model: BERTClassifier, _ documents: [EncodedDocument], _ device: Device) throws -> [Double] {
    var settings = TrainingSettings()
    (settings.epochs, settings.batchSize, settings.precision, settings.seed) = (1, batchSize, precision, seed)
    let targets = documents.indices.map { $0 % model.configuration.labels.count }
    let validation = EncodedDocument(pieces: [[1]], tokenCount: 1, isCut: false)
    let trainer = try Trainer(
      model: model, training: TrainingDocuments(documents: documents, targets: targets),
      validation: TrainingDocuments(documents: [validation], targets: [0]), settings: settings, device: device)
    var seconds: [Double] = []
    _ = try trainer.run { if case .step(let step) = $0 { seconds.append(step.seconds) } }
    return seconds
  }

  private func predict(_ model: BERTClassifier, _ documents: [EncodedDocument], _ device: Device) throws -> Double {
    let predictor = Predictor(model: model, device: device, precision: precision)
    _ = try predictor.logits(Array(documents.prefix(batchSize)))
    let start = ContinuousClock.now
    _ = try predictor.logits(documents)
    let spent = start.duration(to: .now)
    return Double(spent.components.seconds) + Double(spent.components.attoseconds) * 1e-18
  }
}
