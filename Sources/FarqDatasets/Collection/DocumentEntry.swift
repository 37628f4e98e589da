/// What is kept in memory of a document: numbers only.
struct DocumentEntry: Sendable {
  /// Where its text begins in the ``TextStore``.
  var offset: Int
  /// The bytes of its text.
  var byteCount: UInt32
  /// The place of its label among the names; -1 without.
  var label: Int32
  /// The place of its file among the names.
  var file: Int32
  /// The line in the file; 0 where the file is one document.
  var line: Int32
  /// The place of its subset among the names; -1 without.
  var subset: Int32
  /// Its split.
  var split: Split?
}
