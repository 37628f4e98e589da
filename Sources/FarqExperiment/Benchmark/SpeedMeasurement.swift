/// What a ``SpeedBenchmark`` found.
public struct SpeedMeasurement: Sendable, Encodable {
  /// training or prediction.
  public let task: String
  /// The seconds of each update, or of the whole prediction.
  public let seconds: [Double]
  /// Documents of all of it.
  public let documents: Int
  /// Tokens of all of it.
  public let tokens: Int
  /// Parameters of the model.
  public let parameters: Int
  /// The process's highest resident memory; on a device the most of the device's own that it had at once.
  public let peakMemoryBytes: Int
  /// Threads of one operator.
  public let threads: Int
  /// The type of products.
  public let precision: String

  /// Documents a second.
  public var documentsPerSecond: Double { Double(documents) / max(seconds.reduce(0, +), 1e-9) }
  /// Tokens a second.
  public var tokensPerSecond: Double { Double(tokens) / max(seconds.reduce(0, +), 1e-9) }

  enum CodingKeys: String, CodingKey {
    case task, seconds, documents, tokens, parameters, threads, precision
    case peakMemoryBytes = "peak_memory_bytes"
  }
}
