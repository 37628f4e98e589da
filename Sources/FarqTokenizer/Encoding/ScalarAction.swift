/// What the encoder does on meeting a scalar; one byte a scalar in ``ActionTable``.
enum ScalarAction {
  /// Part of a word, as it is.
  static let word: UInt8 = 0
  /// Left out.
  static let removed: UInt8 = 1
  /// Ends a word and is left out.
  static let separator: UInt8 = 2
  /// A word of its own, as it is.
  static let isolated: UInt8 = 3
  /// Replaced by other scalars.
  static let mapped: UInt8 = 4
  /// Brings a mark that survives accent stripping: marks are put in canonical order.
  static let reordered: UInt8 = 5
}
