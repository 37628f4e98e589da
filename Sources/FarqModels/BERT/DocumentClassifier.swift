public import FarqTorch

/// A model that scores each label for a document: an encoder with a classification head, or an encoder-decoder that
/// names the label.
public protocol DocumentClassifier: AnyObject {
  /// Sizes, labels and attention plan.
  var configuration: BERTConfiguration { get }
  /// All parameters by their checkpoint names.
  var parameters: ParameterStore { get }

  /// The encoder that reads the document.
  var encoder: BERTEncoder { get }

  /// B documents → a score for each label, [B, labels]; their softmax is the labels' probabilities.
  func callAsFunction(_ input: BERTInput, _ pass: ForwardPass) throws -> Tensor

  /// What training lowers: one number for B documents and the indices of their labels.
  func loss(_ input: BERTInput, targets: [Int], _ pass: ForwardPass, _ options: LossOptions) throws -> Tensor

  /// The word embeddings of a document's T tokens, before position and type are added, [T, D].
  func wordEmbeddings(_ input: BERTInput) throws -> Tensor

  /// λ of each layer of the encoder, empty where it is standard.
  func lambdas() throws -> [[Double]]

  /// λ of each layer of the decoder; none where there is no decoder.
  func decoderLambdas() throws -> [[Double]]
}

extension DocumentClassifier {
  /// B documents → a score for each label, [B, labels], without dropout.
  public func callAsFunction(_ input: BERTInput) throws -> Tensor {
    try self(input, ForwardPass())
  }

  /// The parameters as they stand, without gradients; later updates change them.
  public var weights: WeightDictionary {
    var tensors: [String: Tensor] = [:]
    for name in parameters.names { tensors[name] = parameters[name] }
    return WeightDictionary(tensors)
  }
}
