public import FarqCore

/// A BERT model's sizes and settings: the file `config.json`, with everything else that it holds.
public struct BERTConfiguration: Sendable, Equatable {
  /// The activation of the feed-forward layers.
  public enum Activation: String, Sendable {
    /// GELU by the error function.
    case gelu
    /// GELU by tanh.
    case geluNew = "gelu_new"
    /// max(x, 0)
    case relu
  }

  /// Words in the vocabulary.
  public var vocabularySize: Int
  /// D, the size of a hidden state.
  public var hiddenSize: Int
  /// L, the number of layers.
  public var layerCount: Int
  /// H, the number of heads.
  public var headCount: Int
  /// The size of the feed-forward layer.
  public var intermediateSize: Int
  /// The largest number of tokens of a document.
  public var maximumPositions: Int
  /// Token types; Farq uses type 0.
  public var typeCount: Int
  /// ε of the layer norms.
  public var layerNormEpsilon: Double
  /// σ of newly drawn weights.
  public var initializerRange: Double
  /// Dropout of hidden states.
  public var hiddenDropout: Double
  /// Dropout of attention maps.
  public var attentionDropout: Double
  /// Dropout before the classifier; nil takes `hiddenDropout`.
  public var classifierDropout: Double?
  /// The activation.
  public var activation: Activation
  /// The id of `[PAD]`.
  public var padID: Int
  /// Label names, in the order of the logits.
  public var labels: [String]
  /// Farq's own part: where attention is differential, and what the text went through.
  public var farq: FarqConfiguration?
  /// The file as it was, for what Farq does not know.
  public var raw: [String: JSONValue]

  /// d, the size of a head.
  public var headSize: Int { hiddenSize / headCount }
  /// The attention plan; a plain BERT's is standard.
  public var plan: AttentionPlan { farq?.attention ?? .standard }

  /// What documents are padded to in a model whose differential layers attend to padding; nil in every other.
  public var paddedLength: Int? {
    plan.ignoresMask && plan.changes(.encoder) ? min(farq?.paddedLength ?? 512, maximumPositions) : nil
  }

  /// Whether a head or a decoder tells the label.
  public var architecture: FarqConfiguration.Architecture { farq?.architecture ?? .encoder }

  /// True where some attention is not BERT's own.
  public var isHybrid: Bool { !plan.isStandard }

  /// A new BERT with the usual settings (Devlin et al. 2019) and these sizes.
  public init(
    vocabularySize: Int, hiddenSize: Int, layerCount: Int, headCount: Int, intermediateSize: Int,
    maximumPositions: Int = 512, labels: [String] = []
  ) {
    self.vocabularySize = vocabularySize
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.headCount = headCount
    self.intermediateSize = intermediateSize
    self.maximumPositions = maximumPositions
    self.labels = labels
    typeCount = 2
    layerNormEpsilon = 1e-12
    initializerRange = 0.02
    hiddenDropout = 0.1
    attentionDropout = 0.1
    classifierDropout = nil
    activation = .gelu
    padID = 0
    farq = nil
    raw = [:]
  }
}
