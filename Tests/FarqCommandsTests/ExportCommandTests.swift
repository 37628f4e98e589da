import FarqCore
import FarqTesting
import Foundation
import Testing

/// `farq export` as a user calls it.
@Suite struct ExportCommandTests {
  /// A classifier of random head made of `mini`, into `model`.
  private func model(_ attention: [String], _ more: [String] = []) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let process = try FarqProcess(
      ["convert", "--model", "mini", "--labels", "رياضة,تقنية", "--output", folder.file("model").path] + attention
        + more)
    try #require(process.status == 0, "\(process.errors)")
    return folder
  }

  private func export(_ folder: TemporaryFolder, _ format: String) throws -> FarqProcess {
    try FarqProcess([
      "export", "--model", folder.file("model").path, "--format", format, "--output", folder.file("out").path,
    ])
  }

  @Test func writesAHybridAsONNXAlone() throws {
    let folder = try model(["--attention", "diff", "--ratio", "0.5"])
    let process = try export(folder, "onnx")
    #expect(process.status == 0, "\(process.errors)")
    #expect(process.output == "Export: \(folder.file("out/model.onnx").path)\n")
    #expect(process.errors.isEmpty)
    let size = try FileManager.default.attributesOfItem(atPath: folder.file("out/model.onnx").path)[.size] as? Int
    let weights =
      try FileManager.default.attributesOfItem(atPath: folder.file("model/model.safetensors").path)[.size] as? Int
    #expect(try abs(#require(size) - #require(weights)) < 100_000)
    let refused = try export(folder, "tei")
    #expect(refused.status == 64)
    #expect(refused.errors.contains("use --format onnx"))
    #expect(refused.errors.split(separator: "\n").count == 1)
  }

  /// What a graph cannot hold is said: texts go through AraBERT's cleaning first.
  @Test func saysThatTextsArePrepared() throws {
    let folder = try model(["--attention", "standard", "--ratio", "0"], ["--preprocess", "arabert"])
    let process = try export(folder, "tei")
    #expect(process.status == 0, "\(process.errors)")
    #expect(process.errors.contains("note: texts need `farq preprocess"), "\(process.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.file("out/tokenizer.json").path))
  }

  @Test func refusesAnEncoderWithoutAClassifier() throws {
    let folder = try TemporaryFolder()
    let process = try FarqProcess(["export", "--model", "mini", "--output", folder.file("out").path])
    #expect(process.status == 65)
    #expect(process.errors.contains("has no classification head"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("out").path))
    #expect(try FarqProcess(["export", "--model", folder.file("no").path, "--output", "x"]).status == 66)
    #expect(try FarqProcess(["export", "--model", "mini", "--format", "tflite", "--output", "x"]).status == 64)
  }
}
