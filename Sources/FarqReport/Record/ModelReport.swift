/// One trained (or merely evaluated) model of a run.
public struct ModelReport: Codable, Sendable, Equatable {
  /// The name, unique in the run; also the name of its folder and files.
  public var name: String
  /// What the models of other seeds share with it; its name where there is one seed.
  public var configuration: String
  /// What sort of model it is.
  public var kind: ModelKind
  /// Whether the other models are compared with this one.
  public var isBaseline: Bool
  /// The attention variant: `standard`, `diff`, …; `none` for a linear model.
  public var attention: String
  /// The share of layers or heads that is differential, 0 to 1.
  @Measured public var ratio: Double
  /// The seed of initialisation, order and dropout.
  public var seed: UInt64
  /// How many numbers were (or could be) trained.
  public var parameters: Int
  /// Metrics on the evaluated split: headline names (`accuracy`, `macro_f1`, …) and TorchMetrics’ names.
  public var metrics: [String: MetricValue]
  /// 95 % intervals of headline metrics.
  public var intervals: [String: ConfidenceInterval]
  /// Wall time of the training, evaluation of epochs left out.
  @Measured public var trainSeconds: Double
  /// Training speed: documents a second.
  @Measured public var documentsPerSecond: Double
  /// Evaluation speed: documents a second.
  @Measured public var evaluationDocumentsPerSecond: Double
  /// The highest memory use of the process (or the device).
  public var peakMemoryBytes: Int
  /// Which layers and heads are differential.
  public var attentionPlan: AttentionPlanRecord?
  /// The course of the training.
  public var learningCurve: LearningCurve?
  /// The epoch that was kept.
  public var bestEpoch: Int?
  /// The split that the epoch was chosen on; `test` flatters the result, and the report says so.
  public var selectionSplit: String?
  /// The metric that the epoch was chosen by.
  public var selectionMetric: String?
  /// The split that all numbers are of.
  public var evaluatedSplit: String
  /// The labels in the order of the confusion matrix.
  public var labels: [String]
  /// Documents by target (rows) and predicted label (columns), [labels, labels].
  public var confusionMatrix: [[Int]]
  /// Scores of each label.
  public var labelScores: [LabelScores]
  /// Bins of the reliability diagram.
  public var reliability: [ReliabilityBin]
  /// The most confident mistakes, most confident first.
  public var mistakes: [Mistake]

  private enum CodingKeys: String, CodingKey {
    case name
    case configuration
    case kind
    case isBaseline = "is_baseline"
    case attention
    case ratio
    case seed
    case parameters
    case metrics
    case intervals
    case trainSeconds = "train_seconds"
    case documentsPerSecond = "documents_per_second"
    case evaluationDocumentsPerSecond = "evaluation_documents_per_second"
    case peakMemoryBytes = "peak_memory_bytes"
    case attentionPlan = "attention_plan"
    case learningCurve = "learning_curve"
    case bestEpoch = "best_epoch"
    case selectionSplit = "selection_split"
    case selectionMetric = "selection_metric"
    case evaluatedSplit = "evaluated_split"
    case labels
    case confusionMatrix = "confusion_matrix"
    case labelScores = "label_scores"
    case reliability
    case mistakes
  }

  /// Makes a record of its parts.
  public init(
    name: String, configuration: String? = nil, kind: ModelKind = .encoder, isBaseline: Bool = false,
    attention: String, ratio: Double, seed: UInt64, parameters: Int, metrics: [String: MetricValue],
    intervals: [String: ConfidenceInterval] = [:],
    trainSeconds: Double = .nan, documentsPerSecond: Double = .nan, evaluationDocumentsPerSecond: Double = .nan,
    peakMemoryBytes: Int, attentionPlan: AttentionPlanRecord? = nil, learningCurve: LearningCurve? = nil,
    bestEpoch: Int? = nil, selectionSplit: String? = nil, selectionMetric: String? = nil,
    evaluatedSplit: String = "test", labels: [String] = [], confusionMatrix: [[Int]] = [],
    labelScores: [LabelScores] = [], reliability: [ReliabilityBin] = [], mistakes: [Mistake] = []
  ) {
    self.name = name
    self.configuration = configuration ?? name
    self.kind = kind
    self.isBaseline = isBaseline
    self.attention = attention
    self.ratio = ratio
    self.seed = seed
    self.parameters = parameters
    self.metrics = metrics
    self.intervals = intervals
    self.trainSeconds = trainSeconds
    self.documentsPerSecond = documentsPerSecond
    self.evaluationDocumentsPerSecond = evaluationDocumentsPerSecond
    self.peakMemoryBytes = peakMemoryBytes
    self.attentionPlan = attentionPlan
    self.learningCurve = learningCurve
    self.bestEpoch = bestEpoch
    self.selectionSplit = selectionSplit
    self.selectionMetric = selectionMetric
    self.evaluatedSplit = evaluatedSplit
    self.labels = labels
    self.confusionMatrix = confusionMatrix
    self.labelScores = labelScores
    self.reliability = reliability
    self.mistakes = mistakes
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    configuration = try container.decodeIfPresent(String.self, forKey: .configuration) ?? name
    kind = try container.decodeIfPresent(ModelKind.self, forKey: .kind) ?? .encoder
    isBaseline = try container.decodeIfPresent(Bool.self, forKey: .isBaseline) ?? false
    attention = try container.decode(String.self, forKey: .attention)
    _ratio = try container.decode(Measured.self, forKey: .ratio)
    seed = try container.decode(UInt64.self, forKey: .seed)
    parameters = try container.decode(Int.self, forKey: .parameters)
    metrics = try container.decode([String: MetricValue].self, forKey: .metrics)
    intervals = try container.decodeIfPresent([String: ConfidenceInterval].self, forKey: .intervals) ?? [:]
    _trainSeconds = try container.decode(Measured.self, forKey: .trainSeconds)
    _documentsPerSecond = try container.decode(Measured.self, forKey: .documentsPerSecond)
    _evaluationDocumentsPerSecond = try container.decode(Measured.self, forKey: .evaluationDocumentsPerSecond)
    peakMemoryBytes = try container.decode(Int.self, forKey: .peakMemoryBytes)
    attentionPlan = try container.decodeIfPresent(AttentionPlanRecord.self, forKey: .attentionPlan)
    learningCurve = try container.decodeIfPresent(LearningCurve.self, forKey: .learningCurve)
    bestEpoch = try container.decodeIfPresent(Int.self, forKey: .bestEpoch)
    selectionSplit = try container.decodeIfPresent(String.self, forKey: .selectionSplit)
    selectionMetric = try container.decodeIfPresent(String.self, forKey: .selectionMetric)
    evaluatedSplit = try container.decodeIfPresent(String.self, forKey: .evaluatedSplit) ?? "test"
    labels = try container.decodeIfPresent([String].self, forKey: .labels) ?? []
    confusionMatrix = try container.decodeIfPresent([[Int]].self, forKey: .confusionMatrix) ?? []
    labelScores = try container.decodeIfPresent([LabelScores].self, forKey: .labelScores) ?? []
    reliability = try container.decodeIfPresent([ReliabilityBin].self, forKey: .reliability) ?? []
    mistakes = try container.decodeIfPresent([Mistake].self, forKey: .mistakes) ?? []
  }
}
