import FarqModels
import FarqTraining

/// How large a model is, which decides how it is best trained where the command line is silent.
enum ModelScale {
  /// A new BERT, without a checkpoint.
  case scratch
  /// A pretrained one of a few million parameters, as `mini`.
  case small
  /// BERT-base and larger.
  case large

  /// The scale of a checkpoint.
  init(_ configuration: BERTConfiguration) {
    self = configuration.hiddenSize <= 384 ? .small : .large
  }

  /// The peak learning rate, of small models for few documents; of those by experiments/mini/search.sh, of large ones the
  /// customary one.
  var learningRate: Double {
    switch self {
    case .scratch: 4e-4
    case .small: 2e-4
    case .large: 2e-5
    }
  }

  /// A factor on it for the classifier. A small encoder's pooler knows subjects when it comes out of `farq pretrain`; a
  /// slow rate keeps that, and the classifier need not wait for it.
  var headFactor: Double {
    switch self {
    case .small: 10
    case .scratch, .large: 1
    }
  }

  /// A factor on it from each layer to the one below, for few documents: what a small encoder has read is worth more
  /// than what its lower layers could learn from them.
  var layerDecay: Double {
    switch self {
    case .small: 0.5
    case .scratch, .large: 1
    }
  }

  /// What chooses the best epoch. Small models are trained on few documents, of which too few are left to validate on
  /// for a share of right answers to tell epochs apart.
  var selectionMetric: SelectionMetric {
    switch self {
    case .small: .loss
    case .scratch, .large: .accuracy
    }
  }

  /// Passes over the training documents.
  var epochs: EpochCount {
    switch self {
    case .scratch: .count(15)
    case .small: .auto
    case .large: .count(3)
    }
  }
}
