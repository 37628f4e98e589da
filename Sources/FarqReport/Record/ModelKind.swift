/// The sorts of models that a run compares.
public enum ModelKind: String, Codable, Sendable {
  /// A BERT encoder with a classification head.
  case encoder
  /// A BERT encoder and decoder that scores the labels' names.
  case encoderDecoder = "encoder-decoder"
  /// TF-IDF and a linear support vector machine.
  case linear
}
