/// A token found in the text itself, before words are split (`AddedToken` of `tokenizers`).
public struct AddedToken: Sendable, Hashable {
  /// The text to find.
  public var content: String
  /// Its id; nil lets the tokenizer choose: the vocabulary's, or the next free one.
  public var id: Int32?
  /// Found only where no letter, digit, mark or underscore touches it.
  public var isSingleWord: Bool
  /// Takes the white space before it.
  public var stripsLeft: Bool
  /// Takes the white space after it.
  public var stripsRight: Bool
  /// Looked for in the normalised text, itself normalised.
  public var isNormalized: Bool
  /// A special token, as `[CLS]`.
  public var isSpecial: Bool

  /// Makes an added token; a special token is not normalised unless told.
  public init(
    _ content: String, id: Int32? = nil, isSingleWord: Bool = false, stripsLeft: Bool = false,
    stripsRight: Bool = false, isNormalized: Bool? = nil, isSpecial: Bool = false
  ) {
    self.content = content
    self.id = id
    self.isSingleWord = isSingleWord
    self.stripsLeft = stripsLeft
    self.stripsRight = stripsRight
    self.isNormalized = isNormalized ?? !isSpecial
    self.isSpecial = isSpecial
  }

  /// The text's bytes: tokens are compared by these, since Swift's strings take two spellings of a letter for one.
  var bytes: [UInt8] { Array(content.utf8) }
}
