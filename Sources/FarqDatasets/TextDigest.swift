import FarqCore

/// The first half of the SHA-256 of a text: two texts with one digest are taken for the same bytes.
struct TextDigest: Hashable, Comparable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// The digest of `text`.
  init(_ text: String) {
    var text = text
    let digest = Digest()
    text.withUTF8 { digest.update(UnsafeRawBufferPointer($0)) }
    let words = digest.finish().withUnsafeBytes {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
    high = UInt64(bigEndian: words.0)
    low = UInt64(bigEndian: words.1)
  }

  static func < (one: TextDigest, other: TextDigest) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }

  /// The sixteen bytes.
  var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }
}
