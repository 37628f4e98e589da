import Foundation

@testable import FarqArabicText
@testable import FarqDatasets
@testable import FarqFormats
@testable import FarqMetrics
@testable import FarqTokenizer

/// The byte-level code of Farq; the order is that of the first byte of the inputs in `corpus`.
enum FuzzTarget: Int, CaseIterable {
  case tokenizer, slowTokenizer, textLine, recordLine, predictionLine, preprocessor, segmenter, encoding, table
  case safetensors, pickle, zip, vocabulary, tokenizerJSON

  /// Reads the bytes.
  func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch self {
    case .tokenizer: FuzzTokenizers.check(FuzzTokenizers.fast, bytes)
    case .slowTokenizer: FuzzTokenizers.check(FuzzTokenizers.slow, bytes)
    case .textLine: FuzzLines.textLine(bytes)
    case .recordLine:
      _ = try? JSONRecordParser(name: "fuzz", options: LoadOptions()).parse(bytes, line: 1, offset: 0)
    case .predictionLine: FuzzLines.predictionLine(bytes)
    case .preprocessor: FuzzText.preprocess(bytes)
    case .segmenter: FuzzText.segment(bytes)
    case .encoding: FuzzText.decode(bytes)
    case .table: FuzzLines.table(bytes)
    case .safetensors: _ = try? SafetensorsHeader(file: UnsafeRawBufferPointer(bytes))
    case .pickle:
      var reader = PickleReader(UnsafeRawBufferPointer(bytes))
      _ = try? reader.value()
    case .zip: _ = try? ZipArchive(UnsafeRawBufferPointer(bytes))
    case .vocabulary: _ = try? VocabularyFile.entries(bytes, url: URL(fileURLWithPath: "fuzz"))
    case .tokenizerJSON: FuzzLines.json(bytes)
    }
  }
}
