public import FarqModels

/// One model of a run: which attention, which seed, what it starts from.
public struct ModelConfiguration: Sendable, Equatable {
  /// Unique in the run: `baseline`, `diff-25`, `diff-50-seed-43`.
  public let name: String
  /// The name without the seed: models that differ in it alone belong together.
  public let family: String
  /// What replaces attention.
  public let variant: AttentionVariant
  /// The share that is replaced.
  public let ratio: Double
  /// The seed.
  public let seed: UInt64
  /// The name of the model whose fine-tuned weights it starts from.
  public let startsFrom: String?

  /// True for the unchanged model that the others are compared with.
  public var isBaseline: Bool { ratio == 0 && startsFrom == nil }
}
