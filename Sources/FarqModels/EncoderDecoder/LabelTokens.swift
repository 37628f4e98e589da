/// How a decoder writes the labels' names; in `config.json` as `farq.label_tokens`.
public struct LabelTokens: Sendable, Equatable, Codable {
  /// The token that the decoder starts at, `[CLS]`.
  public var start: Int32
  /// The token that ends a name, `[SEP]`.
  public var end: Int32
  /// The tokens of each label's name, in the order of the labels.
  public var names: [[Int32]]

  /// Makes them of their parts.
  public init(start: Int32, end: Int32, names: [[Int32]]) {
    self.start = start
    self.end = end
    self.names = names
  }
}
