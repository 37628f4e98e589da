/// The attention of one head over the N tokens of a text.
public struct HeadMaps: Sendable, Equatable {
  /// The layer, from 0.
  public let layer: Int
  /// The head, from 0; of a layer of mixed heads the differential ones come first.
  public let head: Int
  /// How many heads the layer has.
  public let headCount: Int
  /// softmax(q kᵀ · scale), or its first map, N rows of N.
  public let first: [Float]
  /// The second map of a differential head, N rows of N.
  public let second: [Float]?
  /// What weighs the values: `first`, or first − λ · second, N rows of N.
  public let combined: [Float]
  /// λ of the head: one number, or one a token, or none for standard attention.
  public let lambda: [Double]
}
