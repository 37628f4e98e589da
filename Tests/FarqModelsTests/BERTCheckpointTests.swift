import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

@Suite struct BERTCheckpointTests {
  /// A folder with `config.json` of hf-basic, changed, and its tensors.
  private func folder(_ changes: [String: JSONValue?]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var object = try JSONValue.object(in: Fixture.url("hf-basic/config.json"))
    for (key, value) in changes { object[key] = value }
    try AtomicFile.write(JSONEncoder().encode(object), to: folder.file("config.json"))
    try FileManager.default.copyItem(
      at: Fixture.url("hf-basic/model.safetensors"), to: folder.file("model.safetensors"))
    return folder
  }

  private func refusal(_ changes: [String: JSONValue?]) throws -> FarqError? {
    let folder = try folder(changes)
    return #expect(throws: FarqError.self) { try BERTCheckpoint(folder: folder.url) }
  }

  private func attention(_ members: [String: JSONValue]) -> [String: JSONValue?] {
    let whole: [String: JSONValue] = [
      "variant": .string("diff"), "pairing": .string("pair"), "granularity": .string("layers"),
      "layers": .array([.integer(0)]), "heads": .null,
    ]
    let farq: [String: JSONValue] = [
      "format": .integer(1), "architecture": .string("encoder"),
      "attention": .object(whole.merging(members) { $1 }),
    ]
    return ["farq": .object(farq)]
  }

  @Test func refusesWhatWouldGiveOtherNumbers() throws {
    let cases: [([String: JSONValue?], String)] = [
      (["model_type": .string("roberta")], "roberta"), (["hidden_act": .string("silu")], "silu"),
      (["position_embedding_type": .string("relative_key")], "relative_key"),
      (["hidden_size": .integer(30)], "no multiple"), (["vocab_size": .string("many")], "vocab_size"),
      (["num_hidden_layers": .integer(0)], "num_hidden_layers"), (["vocab_size": nil], "lacks vocab_size"),
      (["hidden_dropout_prob": .integer(1)], "hidden_dropout_prob"),
      (["id2label": .object(["0": .string("a"), "2": .string("b")])], "no name for 1"),
      (["farq": .object(["format": .integer(2), "architecture": .string("encoder")])], "update Farq"),
      (["farq": .object(["format": .integer(1)])], "not valid"),
    ]
    for (changes, words) in cases {
      let error = try refusal(changes)
      #expect(error?.kind == .badData)
      #expect(error?.message.contains("config.json") == true)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  /// Sizes that no BERT has are refused before anything is made of them; those that the tensors do not have, with their names.
  @Test func refusesSizesThatCannotBe() throws {
    for (key, value) in [("num_hidden_layers", 1 << 31), ("hidden_size", 1 << 30), ("vocab_size", .max)] {
      let error = try refusal([key: .integer(value)])
      #expect(error?.kind == .badData && error?.message.contains("\(key) is \(value)") == true, "\(key)")
    }
    let folder = try folder(["num_hidden_layers": .integer(1000), "intermediate_size": .integer(1 << 24)])
    let checkpoint = try BERTCheckpoint(folder: folder.url)
    let error = #expect(throws: FarqError.self) {
      try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    }
    #expect(error?.kind == .badData && error?.message.contains("missing bert.encoder.layer.999") == true)
  }

  @Test func nestingHasALimit() throws {
    let folder = try folder([:])
    let deep = #"{"a":"# + String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000) + "}"
    try Data(deep.utf8).write(to: folder.file("config.json"))
    #expect(#expect(throws: FarqError.self) { try BERTCheckpoint(folder: folder.url) }?.kind == .badData)
  }

  @Test func refusesPlansThatCannotBe() throws {
    let cases: [([String: JSONValue], String)] = [
      (["layers": .array([.integer(4)])], "names layers [4]"), (["layers": .null], "names no layers"),
      (["layers": .array([.integer(1), .integer(1)])], "twice"), (["pairing": .null], "no pairing"),
      (["variant": .string("future")], "not valid"),
      (["granularity": .string("heads"), "heads": .array([.integer(1), .integer(3)])], "names heads [1, 3]"),
      (["granularity": .string("heads"), "heads": .array([.integer(0)])], "an odd number"),
      (["granularity": .string("heads"), "heads": .array((0..<5).map(JSONValue.integer))], "names heads"),
    ]
    for (members, words) in cases {
      let error = try refusal(attention(members))
      #expect(error?.kind == .badData)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test func readsLabels() throws {
    #expect(try BERTCheckpoint(folder: Fixture.url("hf-basic")).configuration.labels[1] == "اقتصاد")
    let two = try folder(["id2label": nil, "label2id": nil])
    #expect(try BERTConfiguration(folder: two.url).labels == ["LABEL_0", "LABEL_1"])
    let three = try folder(["id2label": nil, "label2id": nil, "num_labels": .integer(3)])
    #expect(try BERTConfiguration(folder: three.url).labels == ["LABEL_0", "LABEL_1", "LABEL_2"])
    let bare = try folder(["id2label": nil, "label2id": nil, "architectures": .array([.string("BertModel")])])
    #expect(try BERTConfiguration(folder: bare.url).labels == [])
    // The tensors tell what an incomplete config.json does not.
    #expect(try BERTCheckpoint(folder: bare.url).configuration.labels == (0..<5).map { "LABEL_\($0)" })
  }

  @Test func labelsOfOneNameAreNamed() throws {
    let a = JSONValue.string("أ")
    let error = try refusal(["id2label": .object(["0": a, "1": .string("ب"), "2": a]), "label2id": nil])
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("the ids 0 and 2 the one name \"أ\"") == true, "\(error?.message ?? "")")
    let ids = try refusal(["id2label": nil, "label2id": .object(["x": .integer(0), "y": .integer(0)])])
    #expect(ids?.message.contains("\"x\" and \"y\" the one id 0") == true, "\(ids?.message ?? "")")
    let gap = try refusal(["id2label": nil, "label2id": .object(["x": .integer(0), "y": .integer(2)])])
    #expect(gap?.message.contains("\"y\" no id from 0 to 1") == true, "\(gap?.message ?? "")")
  }

  @Test func idsOfNamesSuffice() throws {
    let folder = try folder(["id2label": .null, "label2id": .object(["ب": .integer(0), "أ": .integer(1)])])
    #expect(try BERTConfiguration(folder: folder.url).labels == ["ب", "أ"])
  }

  private func refusalOfModel(_ changes: [String: JSONValue?]) throws -> String {
    let folder = try folder(changes)
    let checkpoint = try BERTCheckpoint(folder: folder.url)
    let error = #expect(throws: FarqError.self) {
      try ClassifierFactory.make(checkpoint.configuration, weights: checkpoint.weights)
    }
    #expect(error?.kind == .badData)
    return error?.message ?? ""
  }

  /// The classifier of hf-basic has five rows.
  @Test func labelsThatDoNotFitTheClassifierAreToldInWords() throws {
    let message = try refusalOfModel(["id2label": nil, "label2id": nil, "num_labels": .integer(3)])
    #expect(message.contains("3 labels (LABEL_0, LABEL_1, LABEL_2) and the checkpoint's classifier 5"), "\(message)")
  }

  @Test(arguments: ["multi_label_classification", "regression"])
  func otherProblemsAreRefusedByName(type: String) throws {
    #expect(try refusalOfModel(["problem_type": .string(type)]).contains("problem_type '\(type)'"))
    // The encoder can be trained on, with a head of its own.
    let folder = try folder(["problem_type": .string(type)])
    let checkpoint = try BERTCheckpoint(folder: folder.url)
    let prepared = try checkpoint.prepared(forLabels: checkpoint.configuration.labels)
    #expect(prepared.isHeadNew)
    #expect(prepared.checkpoint.configuration.raw["problem_type"] == nil)
    let single = try self.folder(["problem_type": .string("single_label_classification")])
    #expect(try !BERTCheckpoint(folder: single.url).prepared(forLabels: checkpoint.configuration.labels).isHeadNew)
  }

  @Test func missingFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    for (prepare, words) in [
      ({}, "config.json"),
      (
        { try FileManager.default.copyItem(at: Fixture.url("hf-basic/config.json"), to: folder.file("config.json")) },
        "model.safetensors"
      ),
    ] as [(() throws -> Void, String)] {
      try prepare()
      let error = #expect(throws: FarqError.self) { try BERTCheckpoint(folder: folder.url) }
      #expect(error?.kind == .missingInput)
      #expect(error?.message.contains(words) == true)
    }
    let error = #expect(throws: FarqError.self) { try BERTCheckpoint(folder: folder.file("absent")) }
    #expect(error?.kind == .missingInput)
  }

  @Test func shardsMustBeWhole() throws {
    let folder = try TemporaryFolder()
    for name in ["config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"] {
      try FileManager.default.copyItem(at: Fixture.url("hf-sharded/\(name)"), to: folder.file(name))
    }
    let index = folder.file("model.safetensors.index.json")
    for (map, words) in [
      (#"{"weight_map":{"absent":"model-00001-of-00002.safetensors"}}"#, "lists tensors that its files lack: absent"),
      (#"{"weight_map":{"a":"../model.safetensors"}}"#, "outside its folder"), (#"{}"#, "no weight_map"),
    ] {
      try AtomicFile.write(map, to: index)
      let error = #expect(throws: FarqError.self) { try BERTCheckpoint(folder: folder.url) }
      #expect(error?.kind == .badData)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test func aBaselineIsSavedAsTransformersHasIt() throws {
    let folder = try TemporaryFolder()
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-half"))
    try BERTCheckpoint.save(
      BERTClassifier(checkpoint.configuration, weights: checkpoint.weights), to: folder.url)
    let object = try JSONValue.object(in: folder.file("config.json"))
    #expect(object["architectures"] == .array([.string("BertForSequenceClassification")]))
    #expect(object["model_type"] == .string("bert"))
    #expect(object["dtype"] == .string("float32"))
    #expect(object["auto_map"] == nil)
    #expect(object["farq"] == nil)
    #expect(object["label2id"]?.object?["اقتصاد"] == .integer(1))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(files.sorted() == ["config.json", "model.safetensors"])
    let saved = try SafetensorsFile(folder.file("model.safetensors"))
    #expect(try saved.names == SafetensorsFile(Fixture.url("hf-half/model.safetensors")).names)
    #expect(saved.metadata["format"] == "pt")
  }

  @Test func aHybridCarriesWhatPythonNeeds() throws {
    let hybrid = try Hybrid("diff-pair-layers-25-first-of-4.safetensors")
    let folder = try TemporaryFolder()
    try BERTCheckpoint.save(BERTClassifier(hybrid.configuration, weights: hybrid.weights), to: folder.url)
    let object = try JSONValue.object(in: folder.file("config.json"))
    // Not `bert`: transformers would then drop what it does not know, without a word.
    #expect(object["model_type"] == .string("farq-bert"))
    #expect(
      object["auto_map"]?.object?["AutoModelForSequenceClassification"]
        == .string("modeling_farq.FarqBertForSequenceClassification"))
    let script = try String(contentsOf: folder.file("modeling_farq.py"), encoding: .utf8)
    #expect(script.contains("class FarqBertForSequenceClassification"))
    let attention = try #require(object["farq"]?.object?["attention"]?.object)
    #expect(attention["heads"] == .null)
    #expect(attention["layers"] == .array([.integer(0)]))
    #expect(attention["lambda_init"] == .string("depth"))
  }

  @Test(arguments: ["module.", "_orig_mod.", "model.", "module._orig_mod."])
  func whatWrapsAModelIsTakenFromTheNames(prefix: String) throws {
    let plain = try CheckpointWeights(folder: Fixture.url("hf-basic"))
    let read = try WeightDictionary(reading: SafetensorsFile(Fixture.url("hf-basic/model.safetensors")))
    var wrapped = read
    wrapped.tensors = Dictionary(uniqueKeysWithValues: read.tensors.map { (prefix + $0.key, $0.value) })
    let weights = CheckpointWeights(files: [wrapped])
    #expect(weights.names == plain.names)
    let (name, tensor) = try #require(plain.names.sorted().first.map { ($0, try plain.tensor($0)) })
    #expect(try weights.tensor(name)?.floats() == tensor?.floats())
    // What only some names begin with is a part of the model.
    wrapped.tensors["other"] = try .zeros([1])
    #expect(CheckpointWeights(files: [wrapped]).names.isDisjoint(with: plain.names))
  }

  @Test func saysWhyAHeadIsNew() throws {
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-basic"))
    #expect(checkpoint.reasonForNewHead(checkpoint.configuration.labels) == nil)
    #expect(checkpoint.reasonForNewHead(["a", "b"])?.contains("for 5 labels (") == true)
    let encoder = try BERTCheckpoint(folder: Fixture.url("hf-encoder"))
    #expect(encoder.reasonForNewHead(["a", "b"]) == "the checkpoint has none")
  }

  /// An encoder without labels stays one, its head of masked words with it.
  @Test func anEncoderIsWrittenWithoutAHead() throws {
    let source = try BERTCheckpoint(folder: Fixture.url("hf-encoder"))
    let prepared = try source.prepared(forLabels: ["a", "b"]).checkpoint
    let model = try BERTClassifier(
      prepared.configuration, weights: prepared.weights, seed: 1, mayDraw: BERTCheckpoint.isHead)
    let folder = try TemporaryFolder()
    let head = WeightDictionary(["cls.predictions.bias": try .zeros([3]), "cls.other": try .zeros([1])])
    try BERTCheckpoint.saveEncoder(of: model, predictionHeadOf: head, to: folder.file("encoder"))
    let written = try SafetensorsFile(folder.file("encoder/model.safetensors"))
    #expect(written.names == source.weights.names.union(["cls.predictions.bias"]))
    let read = try BERTCheckpoint(folder: folder.file("encoder"))
    #expect(read.configuration.labels == [])
    #expect(try JSONValue.object(in: folder.file("encoder/config.json"))["id2label"] == nil)
  }
}
