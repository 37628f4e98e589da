import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// Encoder-decoders that Farq saves, opened, trained and made to write in transformers, and read back.
@Suite struct EncoderDecoderInteropTests {
  private func save(_ fixture: NamingFixture, to folder: URL) throws {
    let model = try fixture.model()
    try BERTCheckpoint.save(model, to: folder)
    let logits = try model.words(fixture.expected.input(), labels: fixture.targets).detached()
    let tensors = [
      "input_ids": try fixture.expected.tensor("input_ids"), "names": try fixture.expected.tensor("names"),
      "attention_mask": try fixture.expected.tensor("attention_mask"), "logits": logits,
    ]
    try SafetensorsWriter.write(tensors, to: folder.appendingPathComponent("expected.safetensors"))
  }

  @Test(.enabled(if: PeerPython.executable != nil, "no python with transformers: set FARQ_PEER_PYTHON, or make .peers"))
  func transformersReadsWritesTrainsAndSaves() throws {
    let folder = try TemporaryFolder()
    for (index, name) in NamingFixture.all.enumerated() { try save(NamingFixture(name), to: folder.file("\(index)")) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(PeerPython.executable))
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("interop/check_encoder_decoder.py")
    process.arguments = [script.path, folder.url.path]
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(words)")
    for (index, name) in NamingFixture.all.enumerated() {
      let fixture = try NamingFixture(name)
      let checkpoint = try BERTCheckpoint(folder: folder.file("\(index)-trained"))
      #expect(checkpoint.configuration.plan == fixture.configuration.plan)
      #expect(checkpoint.configuration.labels == fixture.configuration.labels)
      #expect(checkpoint.configuration.labelTokens == fixture.configuration.labelTokens)
      let model = try EncoderDecoderClassifier(checkpoint.configuration, weights: checkpoint.weights)
      let logits = try SafetensorsFile(folder.file("\(index)-trained/expected.safetensors")).tensor("logits")
      expectClose(
        try model.words(fixture.expected.input(), labels: fixture.targets).floats(), try #require(logits).floats(),
        within: 1e-4, "\(name)")
    }
  }

  /// A hybrid that transformers trained and saved with modeling_farq.py, kept as a fixture.
  @Test func readsWhatPythonSaved() throws {
    let expected = try Expected("encoder-decoder/python/expected.safetensors")
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("encoder-decoder/python"))
    #expect(checkpoint.configuration.plan.stack == .both)
    let model = try EncoderDecoderClassifier(checkpoint.configuration, weights: checkpoint.weights)
    expectClose(try model(expected.input()).floats(), try expected.tensor("scores").floats(), within: 1e-4)
  }
}
