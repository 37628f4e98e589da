import FarqCore
import FarqExport
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// What is not exported is refused in one line that says what to do; what text-embeddings-inference can load is written.
@Suite struct RefusalTests {
  private func checkpoint(_ name: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.file("model"), withIntermediateDirectories: true)
    try #require(ExportCase.all.first { $0.name == name }).write(to: folder.file("model"))
    return folder
  }

  @Test func writesABaselineForTextEmbeddingsInference() throws {
    let folder = try checkpoint("baseline")
    _ = try ModelExport(folder: folder.file("model")).write(.tei, to: folder.file("tei"))
    let config = try JSONValue.object(in: folder.file("tei/config.json"))
    #expect(config["architectures"] == .array([.string("BertForSequenceClassification")]))
    #expect(config["model_type"] == .string("bert"))
    #expect(config["hidden_act"] == .string("gelu"))
    #expect(config["label2id"]?.object?["طب"] == .integer(2))
    #expect(config["id2label"]?.object?["2"] == .string("طب"))
    #expect(config["pad_token_id"] == .integer(0))
    let written = try BERTCheckpoint(folder: folder.file("tei"))
    let original = try BERTCheckpoint(folder: folder.file("model"))
    #expect(written.weights.names == original.weights.names)
    for name in original.weights.names {
      let (one, other) = (try original.weights.tensor(name), try written.weights.tensor(name))
      #expect(try #require(one).equals(#require(other)), "\(name)")
    }
    // The checkpoint had vocab.txt alone.
    let tokenizer = try JSONValue.object(in: folder.file("tei/tokenizer.json"))
    #expect(tokenizer["model"]?.object?["vocab"]?.object?["w49"] == .integer(49))
  }

  @Test(arguments: ExportCase.all.filter { !$0.plan.isStandard })
  func refusesHybridsForTextEmbeddingsInference(_ example: ExportCase) throws {
    let folder = try checkpoint(example.name)
    let error = #expect(throws: FarqError.self) {
      try ModelExport(folder: folder.file("model")).write(.tei, to: folder.file("tei"))
    }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("no differential attention") == true)
    #expect(error?.message.contains("--format onnx") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.file("tei").path))
  }

  @Test func refusesAnActivationThatTextEmbeddingsInferenceLacks() throws {
    let folder = try checkpoint("baseline with gelu_new")
    let error = #expect(throws: FarqError.self) {
      try ModelExport(folder: folder.file("model")).write(.tei, to: folder.file("tei"))
    }
    #expect(error?.message.contains("gelu_new") == true)
    #expect(error?.message.contains("--format onnx") == true)
  }

  /// tokenizer.json has no place for them.
  @Test func namesTheTokensThatAreKeptWhole() throws {
    let folder = try checkpoint("baseline")
    #expect(try ModelExport(folder: folder.file("model")).tokensKeptWhole.isEmpty)
    try Data(#"{"never_split": ["w7", "+w8"]}"#.utf8).write(to: folder.file("model/tokenizer_config.json"))
    #expect(try ModelExport(folder: folder.file("model")).tokensKeptWhole == ["w7", "+w8"])
  }

  @Test func refusesTheCheckpointsOwnFolder() throws {
    let folder = try checkpoint("baseline")
    let before = try Data(contentsOf: folder.file("model/config.json"))
    for format in ModelExport.Format.allCases {
      let error = #expect(throws: FarqError.self) {
        try ModelExport(folder: folder.file("model")).write(format, to: folder.file("x/../model"))
      }
      #expect(error?.kind == .usage)
    }
    #expect(try Data(contentsOf: folder.file("model/config.json")) == before)
  }

  @Test func refusesAModelWithoutAClassifier() throws {
    let folder = try checkpoint("baseline")
    var tensors = try WeightDictionary(reading: BERTCheckpoint(folder: folder.file("model")).weights).tensors
    tensors["classifier.weight"] = nil
    tensors["classifier.bias"] = nil
    try SafetensorsWriter.write(tensors, to: folder.file("model/model.safetensors"))
    let error = #expect(throws: FarqError.self) { try ModelExport(folder: folder.file("model")) }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("farq train") == true)
  }

  @Test func refusesAnEncoderDecoder() throws {
    let folder = try checkpoint("baseline")
    var configuration = try BERTCheckpoint(folder: folder.file("model")).configuration
    configuration.farq = FarqConfiguration(architecture: .encoderDecoder)
    try configuration.write(to: folder.file("model"))
    let error = #expect(throws: FarqError.self) { try ModelExport(folder: folder.file("model")) }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("encoder-decoder") == true)
  }
}
