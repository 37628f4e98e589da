/// A scalar of normalised text and the bytes of the original text that it stands for.
struct TrackedScalar {
  var scalar: UInt32
  var range: Range<Int>

  /// The UTF-8 bytes of `scalars`.
  static func bytes(_ scalars: some Sequence<TrackedScalar>) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for tracked in scalars { text.append(Unicode.Scalar(tracked.scalar) ?? "\u{FFFD}") }
    return Array(String(text).utf8)
  }
}
