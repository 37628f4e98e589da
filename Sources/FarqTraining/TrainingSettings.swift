public import FarqInference
public import FarqTorch

/// Everything that decides a training run of one configuration, but for data and model.
public struct TrainingSettings: Sendable, Codable, Equatable {
  /// Passes over the training documents.
  public var epochs = 3
  /// Whether `epochs` is chosen by the number of documents; see ``resolved(pieces:)``.
  public var choosesEpochs = false
  /// Whether `learningRate` is chosen by the number of updates; see ``resolved(pieces:)``.
  public var choosesLearningRate = false
  /// Whether `layerDecay` is chosen by it too.
  public var choosesLayerDecay = false
  /// Updates in all; overrides `epochs`.
  public var steps: Int?
  /// Documents of one micro-batch.
  public var batchSize = 16
  /// Micro-batches of one update.
  public var gradientAccumulation = 1
  /// The peak learning rate.
  public var learningRate = 2e-5
  /// A factor on it for parameters that differential attention added to BERT: λ, its norm, corrections.
  public var newParameterFactor = 1.0
  /// A factor on it for the classifier, which begins at random on an encoder that knows much already.
  public var headFactor = 1.0
  /// A factor on it from each layer to the one below it, the embeddings below the first: what lies deep learns slowly.
  public var layerDecay = 1.0
  /// Decoupled weight decay of matrices; biases, norms and λ have none.
  public var weightDecay = 0.01
  /// The share of updates in which the rate rises.
  public var warmupRatio = 0.1
  /// How the rate moves then.
  public var schedule = LearningRateSchedule.Shape.linear
  /// Gradients are scaled down to this 2-norm; 0 leaves them.
  public var maximumGradientNorm = 1.0
  /// Updates in which a hybrid turns from standard to differential; 0 begins differential, nil takes a third of all.
  public var annealSteps: Int? = 0
  /// Mass that the targets share out over all labels.
  public var labelSmoothing = 0.0
  /// Weighs labels by their rarity.
  public var balancesClasses = false
  /// Batches in random order and of like lengths; otherwise in the order of the data.
  public var shuffles = true
  /// Ends after so many epochs without a better one.
  public var earlyStopping: Int?
  /// The metric by which the best epoch is kept.
  public var selectionMetric = SelectionMetric.accuracy
  /// Decides order, dropout and what is drawn.
  public var seed: UInt64 = 42
  /// The precision of products.
  public var precision = Precision.auto
  /// Trains by the plain formulae of each layer, without fused operators: to check these against.
  public var usesPlainFormulae = false
  /// How a teacher's logits count, if there is one.
  public var distillation = Distillation()
  /// Updates between saved states; 0 saves none.
  public var checkpointEvery = 0
  /// How many saved states are kept, the last ones.
  public var keptCheckpoints = 2

  /// The default settings.
  public init() {}

  /// Whether a run with `other` gives the same numbers: how often a state is saved changes none.
  func decidesAs(_ other: TrainingSettings) -> Bool {
    var same = self
    (same.checkpointEvery, same.keptCheckpoints) = (other.checkpointEvery, other.keptCheckpoints)
    return same == other
  }
}
