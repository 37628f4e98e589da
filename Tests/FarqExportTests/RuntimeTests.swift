import FarqExport
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// The exported model in onnxruntime gives Farq's logits.
@Suite struct RuntimeTests {
  /// A Python that has onnxruntime, as docs/export.md says.
  private static let python = ProcessInfo.processInfo.environment["FARQ_PYTHON_WITH_ONNXRUNTIME"]

  @Test(
    .enabled(if: python != nil, "$FARQ_PYTHON_WITH_ONNXRUNTIME names no Python that has onnxruntime"),
    arguments: ExportCase.all)
  func givesFarqsLogits(_ example: ExportCase) throws {
    let worst = try worstDifference(example) { _ = try $0.write(.onnx, to: $1) }
    print("onnxruntime and Farq, \(example.name): at most \(worst)")
    #expect(worst < 1e-4)
  }

  @Test(.enabled(if: python != nil, "$FARQ_PYTHON_WITH_ONNXRUNTIME names no Python that has onnxruntime"))
  func readsWeightsFromTheirOwnFile() throws {
    let worst = try worstDifference(ExportCase.all[0]) { export, folder in
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let files = try export.writeONNX(to: folder, largestMessage: 50_000)
      #expect(files.map(\.lastPathComponent) == ["model.onnx", "model.onnx.data"])
    }
    #expect(worst < 1e-4)
  }

  /// The largest difference of any logit over batches of several shapes.
  private func worstDifference(_ example: ExportCase, write: (ModelExport, URL) throws -> Void) throws -> Float {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.file("model"), withIntermediateDirectories: true)
    try example.write(to: folder.file("model"))
    try write(ModelExport(folder: folder.file("model")), folder.file("onnx"))
    let checkpoint = try BERTCheckpoint(folder: folder.file("model"))
    let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    // What is padded to a length in the model is so in the graph; longer batches are then another model.
    let batches = PaddedBatch.all + (example.paddedLength == nil ? [.long] : [])
    try JSONEncoder().encode(batches).write(to: folder.file("batches.json"))
    let answers = try run(folder)
    try #require(answers.count == batches.count)
    var worst: Float = 0
    for (batch, answer) in zip(batches, answers) {
      let expected = try batch.logits(of: model)
      try #require(answer.count == expected.count)
      for (one, other) in zip(answer, expected) { worst = max(worst, abs(one - other)) }
      #expect(expected.contains { abs($0) > 0.1 })
    }
    return worst
  }

  private func run(_ folder: TemporaryFolder) throws -> [[Float]] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.python))
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "interop/run_onnx.py")
    process.arguments = [script.path, folder.file("onnx/model.onnx").path, folder.file("batches.json").path]
    let (output, errors) = (folder.file("answers.json"), folder.file("errors.txt"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    let words = try String(contentsOf: errors, encoding: .utf8)
    try #require(process.terminationStatus == 0, "\(words)")
    return try JSONDecoder().decode([[Float]].self, from: Data(contentsOf: output))
  }
}
