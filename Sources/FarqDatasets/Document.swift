/// One text with what is known of it.
public struct Document: Sendable, Equatable {
  /// The text, converted to UTF-8 and otherwise as it stands in the file.
  public var text: String
  /// The label's name; nil where the source gives none.
  public var label: String?
  /// The part of the data set it belongs to; nil where the source does not say.
  public var split: Split?
  /// SANAD's subset (`akhbarona`, `khaleej`, `arabiya`); nil for other data.
  public var subset: String?
  /// Where it came from, for messages: a file, or file and line as `news.jsonl:12`.
  public var origin: String

  /// Makes a document.
  public init(
    text: String, label: String? = nil, split: Split? = nil, subset: String? = nil, origin: String
  ) {
    self.text = text
    self.label = label
    self.split = split
    self.subset = subset
    self.origin = origin
  }
}
