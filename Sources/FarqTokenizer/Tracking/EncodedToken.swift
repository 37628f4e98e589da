/// An id and the part of the text that it stands for.
public struct EncodedToken: Sendable, Equatable {
  /// The id.
  public let id: Int32
  /// The bytes of the text's UTF-8; empty for `[CLS]` and `[SEP]`, which stand for no text.
  public let range: Range<Int>
}
