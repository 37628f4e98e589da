public import FarqModels
public import FarqTorch

/// How many tokens of a padded batch a device's own memory has room for.
///
/// By what a layer keeps for its backward pass: 34 numbers of 16 bits a token and hidden unit without attention maps
/// (Korthikanti et al. 2022, section 4, with tensor parallelism 1), here counted half again since norms and sums stay in
/// 32 bits; twice that in fp32.
public enum TokenBudget {
  /// A part of the memory stays free: blocks of other sizes, the libraries' own workspaces.
  private static let usable = 0.8
  /// Tokens of a batch in prediction: more make it no faster.
  private static let mostToPredict = 65_536
  /// What the processor takes: longer batches leave its caches.
  static let leastToPredict = 4096

  /// For training; nil on the processor, whose memory is the system's affair.
  ///
  /// Weights, gradients and moments are counted as if they were still to come; called before the first update.
  public static func training(
    _ configuration: BERTConfiguration, _ precision: Precision, on device: Device
  ) throws -> Int? {
    guard let memory = try device.memory() else { return nil }
    return training(configuration, isHalf: precision.dtype(on: device) != .float32, bytes: memory.available)
  }

  /// The same for so many free bytes.
  package static func training(_ configuration: BERTConfiguration, isHalf: Bool, bytes: Int) -> Int {
    let (hidden, inner) = (Double(configuration.hiddenSize), Double(configuration.intermediateSize))
    let layer = 4 * hidden * hidden + 2 * hidden * inner
    let parameters = Double(configuration.layerCount) * layer + Double(configuration.vocabularySize) * hidden
    let left = Double(bytes) * usable - 16 * parameters
    let perToken = Double(configuration.layerCount) * (18 * hidden + 4 * inner) * (isHalf ? 3 : 6)
    return max(512, Int(left / perToken))
  }

  /// For prediction.
  public static func prediction(
    _ configuration: BERTConfiguration, _ precision: Precision, on device: Device
  ) throws -> Int {
    guard let memory = try device.memory() else { return leastToPredict }
    let widest = Double(max(4 * configuration.hiddenSize, configuration.intermediateSize))
    return max(leastToPredict, min(mostToPredict, Int(Double(memory.available) * usable / (widest * 4 * 8))))
  }
}
