public import FarqTorch

/// Builds the classifier that a configuration's architecture asks for.
public enum ClassifierFactory {
  /// The model; parameters as in ``BERTClassifier/init(_:weights:seed:device:trainable:mayDraw:)``.
  public static func make(
    _ configuration: BERTConfiguration, weights: (any WeightSource)?, seed: UInt64 = 0, device: Device = .cpu,
    trainable: Bool = false, mayDraw: @escaping (String) -> Bool = { _ in false }
  ) throws -> any DocumentClassifier {
    switch configuration.architecture {
    case .encoder:
      try BERTClassifier(
        configuration, weights: weights, seed: seed, device: device, trainable: trainable, mayDraw: mayDraw)
    case .encoderDecoder:
      try EncoderDecoderClassifier(
        configuration, weights: weights, seed: seed, device: device, trainable: trainable, mayDraw: mayDraw)
    }
  }
}
