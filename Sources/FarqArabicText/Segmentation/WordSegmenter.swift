/// Puts `+` between the prefixes, stem and suffixes of every word of a line, as Farasa does: `و+كتاب+ة`.
public protocol WordSegmenter: Sendable {
  /// The line with its words segmented; the words and their order stay.
  ///
  /// - Parameter line: text without line breaks.
  /// - Throws: `FarqError` where the segmenter cannot do its work.
  func segment(_ line: String) throws -> String
}
