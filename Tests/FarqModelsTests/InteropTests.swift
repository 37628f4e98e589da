import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// What Farq saves, opened and trained in Hugging Face transformers, and read back.
@Suite struct InteropTests {
  /// A python with torch, transformers and safetensors: `$FARQ_PEER_PYTHON`, else `.peers/bin/python3` of the checkout.
  static let python: String? = {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path =
      ProcessInfo.processInfo.environment["FARQ_PEER_PYTHON"] ?? root.appendingPathComponent(".peers/bin/python3").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// Saves a model beside a batch and its logits.
  private func save(_ model: BERTClassifier, _ expected: Expected, as name: String, in folder: TemporaryFolder) throws {
    try BERTCheckpoint.save(model, to: folder.file(name))
    let tensors = [
      "input_ids": try expected.tensor("input_ids"), "attention_mask": try expected.tensor("attention_mask"),
      "logits": try model(expected.input()).detached(),
    ]
    try SafetensorsWriter.write(tensors, to: folder.file("\(name)/expected.safetensors"))
  }

  private func saveAll(in folder: TemporaryFolder) throws -> [String] {
    var names: [String] = []
    for name in VariantParityTests.cases {
      let hybrid = try Hybrid(name)
      names.append(String(name.dropLast(".safetensors".count)))
      let model = try BERTClassifier(hybrid.configuration, weights: hybrid.weights)
      try save(model, hybrid.expected, as: names[names.count - 1], in: folder)
    }
    for name in ["hf-basic", "hf-half", "hf-bin"] {
      let checkpoint = try BERTCheckpoint(folder: Fixture.url(name))
      let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
      try save(model, Expected("\(name)/expected.safetensors"), as: name, in: folder)
      names.append(name)
    }
    return names
  }

  @Test(
    .enabled(if: python != nil, "no python with transformers: set FARQ_PEER_PYTHON, or make .peers"))
  func transformersReadsTrainsAndSaves() throws {
    let folder = try TemporaryFolder()
    let names = try saveAll(in: folder)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.python))
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("interop/check_interop.py")
    process.arguments = [script.path, folder.url.path]
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(words)")
    for name in names {
      let checkpoint = try BERTCheckpoint(folder: folder.file("\(name)-trained"))
      let before = try BERTCheckpoint(folder: folder.file(name))
      #expect(checkpoint.configuration.plan == before.configuration.plan)
      #expect(checkpoint.configuration.labels == before.configuration.labels)
      let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
      let expected = try Expected(url: folder.file("\(name)-trained/expected.safetensors"))
      expectClose(
        try model(expected.input()).floats(), try expected.tensor("logits").floats(), within: 1e-4, "\(name)")
    }
  }

  /// Hybrids that transformers trained and saved with modeling_farq.py, kept as fixtures.
  @Test(arguments: ["diff", "diff-heads", "diff-v2", "dex", "notebook"])
  func readsWhatPythonSaved(_ name: String) throws {
    let expected = try Expected("python-\(name)/expected.safetensors")
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("python-\(name)"))
    #expect(checkpoint.configuration.isHybrid)
    let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    expectClose(try model(expected.input()).floats(), try expected.tensor("logits").floats(), within: 1e-4)
  }
}
