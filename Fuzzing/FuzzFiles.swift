import FarqCore
import Foundation

@testable import FarqDatasets
@testable import FarqModels
@testable import FarqTokenizer

/// Whole files, read from a descriptor that names no file on disk.
enum FuzzFiles {
  /// `tokenizer.json`.
  static func tokenizer(_ bytes: UnsafeBufferPointer<UInt8>) {
    withDescriptor(bytes) { descriptor in
      guard let file = try? TokenizerJSON(URL(fileURLWithPath: "/proc/self/fd/\(descriptor)")) else { return }
      let tokenizer = try? BERTTokenizer(vocabulary: file.vocabulary, configuration: file.configuration)
      _ = tokenizer?.encode("قال الوزير: the ##ing 2020")
    }
  }

  /// `config.json`: what is accepted is of a size that a BERT can have.
  static func configuration(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let object = try? JSONDecoder().decode([String: FarqCore.JSONValue].self, from: Data(bytes)),
      let configuration = try? BERTConfiguration(object: object, path: "fuzz")
    else { return }
    precondition(configuration.layerCount <= 1024 && configuration.hiddenSize <= 1 << 16, "sizes that cannot be")
    precondition((try? configuration.object()) != nil, "what was read cannot be written")
  }

  /// Archives, compressed streams, and records in any form, as they come through standard input.
  static func documents(_ bytes: UnsafeBufferPointer<UInt8>) {
    // Parquet and Arrow are Python's: starting it is all that there would be.
    guard ![Array("PAR1".utf8), Array("ARRO".utf8), [0xFF, 0xFF, 0xFF, 0xFF]].contains(where: bytes.starts) else {
      return
    }
    withDescriptor(bytes) { descriptor in
      let options = LoadOptions(
        requireLabels: false, maximumDocumentBytes: 1 << 20, archiveLimits: ArchiveLimits(totalBytes: 16 << 20),
        standardInput: descriptor, python: "false")
      _ = try? DocumentReader(url: URL(fileURLWithPath: "-"), options: options).forEach { _ in }
    }
  }

  /// A compressed file of a folder or archive; no more comes out of it than its limits allow.
  static func gzip(_ bytes: UnsafeBufferPointer<UInt8>) {
    withDescriptor(bytes) { descriptor in
      let limits = ArchiveLimits(totalBytes: 4 << 20, ratio: 100, ratioFrom: 1 << 20)
      let packed = FileSource(descriptor: descriptor, name: "fuzz")
      guard let source = try? GzipSource(packed, name: "fuzz.gz", limits: limits) else { return }
      try? source.forEachPiece(size: 1 << 16) { _, _ in }
      precondition(source.unpackedBytes <= limits.totalBytes + 1 << 16, "more came out than is allowed")
    }
  }

  private static func withDescriptor(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Int32) -> Void) {
    guard let file = tmpfile() else { return }
    defer { fclose(file) }
    fwrite(bytes.baseAddress, 1, bytes.count, file)
    fflush(file)
    lseek(fileno(file), 0, SEEK_SET)
    body(fileno(file))
  }
}
