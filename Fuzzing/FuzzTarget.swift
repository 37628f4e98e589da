import Foundation

@testable import FarqArabicText
@testable import FarqDatasets
@testable import FarqMetrics
@testable import FarqTokenizer
@testable import FarqTorch

/// The code of Farq that reads bytes of others; `corpus` has a folder of seeds for each.
enum FuzzTarget: String, CaseIterable {
  case tokenizer, slowTokenizer, textLine, recordLine, predictionLine, preprocessor, segmenter, encoding, table
  case safetensors, safetensorsHeader, pickle, pickleProgram, zip, vocabulary, json, tokenizerFile, configuration
  case documents, records, gzip

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
    case .safetensors: FuzzCheckpoints.safetensors(Array(bytes))
    case .safetensorsHeader: FuzzCheckpoints.safetensors(FuzzCheckpoints.header(from: bytes))
    case .pickle: FuzzCheckpoints.pickle(Array(bytes))
    case .pickleProgram: FuzzCheckpoints.pickle(FuzzCheckpoints.program(from: bytes))
    case .zip: _ = try? ZipArchive(UnsafeRawBufferPointer(bytes))
    case .vocabulary: _ = try? VocabularyFile.entries(bytes, url: URL(fileURLWithPath: "fuzz"))
    case .json: FuzzLines.json(bytes)
    case .tokenizerFile: FuzzFiles.tokenizer(bytes)
    case .configuration: FuzzFiles.configuration(bytes)
    case .documents: FuzzFiles.documents(bytes)
    case .records: FuzzLines.records(bytes)
    case .gzip: FuzzFiles.gzip(bytes)
    }
  }
}
