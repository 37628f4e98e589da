import FarqCore
public import Foundation

extension Dataset {
  /// The data set with no document in a split.
  public var withoutSplits: Dataset {
    let entries = documents.entries.map { entry in
      var entry = entry
      entry.split = nil
      return entry
    }
    return Dataset(
      documents.with(entries), digests: digests, encodings: encodings, emptyDocuments: emptyDocuments,
      warnings: warnings)
  }

  /// Writes an object with label, split and text a line, which reads back as the same data; the file is whole or not
  /// there.
  ///
  /// - Throws: ``FarqError`` `inputOutput` where it cannot be written.
  public func writeJSONLines(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(to: url) { handle in
      var buffer = Data()
      for document in documents {
        let line = Line(label: document.label, split: document.split?.rawValue, text: document.text)
        buffer += try encoder.encode(line)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 1 << 20 {
          try handle.write(contentsOf: buffer)
          buffer.removeAll(keepingCapacity: true)
        }
      }
      try handle.write(contentsOf: buffer)
    }
  }

  private struct Line: Encodable {
    let label: String?
    let split: String?
    let text: String
  }
}
