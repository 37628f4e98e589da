/// The attention of one head over the N tokens of a text.
public struct HeadReport: Sendable, Codable, Equatable {
  /// The layer, from 0.
  public var layer: Int
  /// The head, from 0.
  public var head: Int
  /// How many heads the layer has.
  public var headCount: Int
  /// What the head is, in words.
  public var summary: String
  /// The first softmax map, or the only one: N rows of N.
  public var first: [[Float]]
  /// The second softmax map of a differential head.
  public var second: [[Float]]?
  /// What weighs the values: the first map less λ times the second.
  public var combined: [[Float]]
  /// λ of the head: none, one, or one a token.
  public var lambda: [Double]

  /// Makes the record.
  public init(
    layer: Int, head: Int, headCount: Int, summary: String, first: [[Float]], second: [[Float]]?, combined: [[Float]],
    lambda: [Double]
  ) {
    self.layer = layer
    self.head = head
    self.headCount = headCount
    self.summary = summary
    self.first = first
    self.second = second
    self.combined = combined
    self.lambda = lambda
  }

  enum CodingKeys: String, CodingKey {
    case layer, head, summary, first, second, combined, lambda
    case headCount = "head_count"
  }
}
