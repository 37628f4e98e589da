import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// What Farq saves, opened and trained in Hugging Face transformers, and read back.
@Suite struct InteropTests {
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
    .enabled(if: PeerPython.executable != nil, PeerPython.absence))
  func transformersReadsTrainsAndSaves() throws {
    let folder = try TemporaryFolder()
    let names = try saveAll(in: folder)
    try PeerPython.run("check_interop.py", folder.url)
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
