import FarqCore

/// SHA-256 over labels, texts and splits, in which the order of the documents plays no part.
enum DatasetFingerprint {
  /// The fingerprint in hexadecimal. Records `split:label:digest` are hashed in the order of their bytes; the label's
  /// length stands before it, so that no record's start is another's, and sorting by start and then by digest is
  /// sorting by bytes.
  static func of(_ documents: DocumentList, _ digests: [TextDigest]) -> String {
    var members: [Start: [TextDigest]] = [:]
    for (entry, digest) in zip(documents.entries, digests) {
      members[Start(split: entry.split, label: entry.label), default: []].append(digest)
    }
    let starts = members.map { start, digests in (bytes: bytes(start, documents), digests: digests) }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    let hash = Digest()
    for start in starts {
      for digest in start.digests.sorted() {
        hash.update(start.bytes)
        hash.update(digest.bytes)
      }
    }
    return hash.hexadecimal()
  }

  private struct Start: Hashable {
    let split: Split?
    let label: Int32
  }

  private static func bytes(_ start: Start, _ documents: DocumentList) -> [UInt8] {
    let label = documents.labelName(start.label).map { "1\($0.utf8.count):\($0)" } ?? "0"
    return Array("\(start.split?.rawValue ?? "none"):\(label):".utf8)
  }
}
