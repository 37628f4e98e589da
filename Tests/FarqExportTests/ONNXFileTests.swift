import FarqCore
import FarqExport
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// The written file, read back without a runtime.
@Suite struct ONNXFileTests {
  private func exported(_ example: ExportCase, largestMessage: Int = .max) throws -> (TemporaryFolder, BERTCheckpoint) {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.file("model"), withIntermediateDirectories: true)
    try example.write(to: folder.file("model"))
    let export = try ModelExport(folder: folder.file("model"))
    try FileManager.default.createDirectory(at: folder.file("onnx"), withIntermediateDirectories: true)
    _ = try export.writeONNX(to: folder.file("onnx"), largestMessage: largestMessage)
    return (folder, try BERTCheckpoint(folder: folder.file("model")))
  }

  @Test(arguments: ExportCase.all) func holdsTheCheckpointsTensors(_ example: ExportCase) throws {
    let (folder, checkpoint) = try exported(example)
    let model = try ONNXModel(folder.file("onnx/model.onnx"))
    for name in checkpoint.weights.names {
      let tensor = try #require(try checkpoint.weights.tensor(name))
      let written = try #require(model.initializers[name], "\(name) is missing")
      #expect(written.type == 1)
      #expect(written.shape == tensor.shape, "\(name)")
      #expect(try written.bytes == tensor.bytes(), "\(name)")
    }
    let others = model.initializers.keys.filter { !checkpoint.weights.names.contains($0) }
    #expect(others.allSatisfy { $0.hasPrefix("constants/") }, "\(others)")
  }

  @Test(arguments: ExportCase.all) func isAValidGraph(_ example: ExportCase) throws {
    let (folder, _) = try exported(example)
    let model = try ONNXModel(folder.file("onnx/model.onnx"))
    #expect(model.irVersion == 8)
    #expect(model.operatorSet == 17)
    #expect(Set(model.inputs.keys) == ["input_ids", "attention_mask", "token_type_ids"])
    for input in model.inputs.values {
      #expect(input.type == 7)
      #expect(input.shape == ["batch", "length"])
    }
    #expect(model.outputs["logits"]?.type == 1)
    #expect(model.outputs["logits"]?.shape == ["batch", "3"])
    // Each node reads what stands before it, and what it gives has a name of its own.
    var known = Set(model.inputs.keys).union(model.initializers.keys)
    for node in model.nodes {
      for input in node.inputs { #expect(known.contains(input), "\(node.name) reads \(input)") }
      for output in node.outputs { #expect(known.insert(output).inserted, "\(output) twice") }
    }
    #expect(Set(model.nodes.map(\.name)).count == model.nodes.count)
    #expect(known.contains("logits"))
    // Nothing is worked out for nothing.
    let read = Set(model.nodes.flatMap(\.inputs)).union(["logits"])
    for node in model.nodes { #expect(node.outputs.contains(where: read.contains), "\(node.name) is not read") }
    for name in model.initializers.keys { #expect(read.contains(name), "\(name) is not read") }
  }

  /// One softmax for a layer's standard heads, one for the pair of maps of its differential ones.
  @Test func hasTheOperatorsOfItsAttention() throws {
    func count(_ name: String, _ type: String) throws -> Int {
      let example = try #require(ExportCase.all.first { $0.name == name })
      let (folder, _) = try exported(example)
      return try ONNXModel(folder.file("onnx/model.onnx")).nodes.count { $0.type == type }
    }
    #expect(try count("baseline", "Softmax") == 3)
    #expect(try count("diff, split by heads", "Softmax") == 6)
    #expect(try count("diff, pair by layers", "Softmax") == 3)
    #expect(try count("diff, pair by layers", "ReduceMean") == 2)  // the norm over heads
    #expect(try count("notebook by layers", "ReduceMean") == 0)
    #expect(try count("notebook by layers", "Exp") == 4)
    #expect(try count("diff-v2 by layers", "Sigmoid") == 2)
    #expect(try count("dex by heads", "Softmax") == 3)
    #expect(try count("baseline with relu", "Relu") == 3)
    #expect(try count("baseline with relu", "Erf") == 0)
    #expect(try count("notebook without mask by layers", "Pad") == 3)
    #expect(try count("notebook by layers", "Pad") == 0)
    #expect(try count("baseline", "Gemm") == 3 * 6 + 2)
    #expect(try count("baseline", "Unsqueeze") == 1)
    #expect(try count("diff, all, split by heads", "Unsqueeze") == 1)
  }

  @Test func namesLabelsAndPlan() throws {
    let example = try #require(ExportCase.all.first { $0.name == "diff, pair by layers" })
    let (folder, _) = try exported(example)
    let metadata = try ONNXModel(folder.file("onnx/model.onnx")).metadata
    let labels = try JSONDecoder().decode([String].self, from: Data(#require(metadata["labels"]).utf8))
    #expect(labels == ExportCase.labels)
    let farq = try JSONDecoder().decode(FarqConfiguration.self, from: Data(#require(metadata["farq"]).utf8))
    #expect(farq.attention == example.plan)
    let config = try JSONValue.object(in: folder.file("onnx/config.json"))
    #expect(config["model_type"] == .string("bert"))
    #expect(config["auto_map"] == nil)
    #expect(config["id2label"]?.object?["1"] == .string("اقتصاد"))
    for name in ["tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"] {
      #expect(FileManager.default.fileExists(atPath: folder.file("onnx/\(name)").path), "\(name)")
    }
  }

  @Test func putsWeightsBesideAModelThatIsTooLarge() throws {
    let (folder, checkpoint) = try exported(ExportCase.all[0], largestMessage: 50_000)
    let model = try ONNXModel(folder.file("onnx/model.onnx"))
    let data = try Data(contentsOf: folder.file("onnx/model.onnx.data"))
    for name in checkpoint.weights.names {
      let tensor = try #require(try checkpoint.weights.tensor(name))
      let written = try #require(model.initializers[name])
      #expect(written.bytes.isEmpty)
      #expect(written.place["location"] == "model.onnx.data")
      let offset = try #require(written.place["offset"].flatMap { Int($0) })
      let count = try #require(written.place["length"].flatMap { Int($0) })
      #expect(offset.isMultiple(of: 4096))
      #expect(try Array(data[offset..<offset + count]) == tensor.bytes(), "\(name)")
    }
  }
}
