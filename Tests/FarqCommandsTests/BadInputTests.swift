import FarqTesting
import FarqTorch
import Foundation
import Testing

/// Bad input of each kind: one line on standard error, the exit code of the contract, nothing left behind.
@Suite struct BadInputTests {
  private func expect(
    _ arguments: [String], input: String = "", status: Int32, says words: String,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let process = try FarqProcess(arguments, input: input)
    #expect(process.status == status, "\(process.errors)", sourceLocation: location)
    #expect(process.output.isEmpty, sourceLocation: location)
    let last = process.errors.split(separator: "\n").last.map(String.init) ?? ""
    #expect(last.hasPrefix("error: "), "\(process.errors)", sourceLocation: location)
    #expect(last.contains(words), "\(last)", sourceLocation: location)
  }

  @Test func wrongUsage() throws {
    let folder = try TemporaryFolder()
    let run = folder.file("run").path
    try expect(["compare"], status: 64, says: "--output")
    try expect(["compare", "--output", run, "--ratios", "x"], status: 64, says: "'x' is no number")
    try expect(
      ["compare", "--output", run, "--attention", "differential"], status: 64, says: "is unknown: use standard, diff")
    try expect(["compare", "--output", run, "--epochs", "0"], status: 64, says: "--epochs 0: use 1 or more")
    try expect(["compare", "--output", run, "--learning-rate=-1"], status: 64, says: "positive")
    try expect(["compare", "--output", run, "--frobnicate"], status: 64, says: "frobnicate")
    try expect(
      ["classify", "--model", run, "--text", "x", "--device", "tpu"], status: 64, says: "unknown device 'tpu'")
  }

  /// The nearest ratios that are possible are named.
  @Test func impossibleRatio() throws {
    let folder = try TemporaryFolder()
    try expect(
      [
        "compare", "--output", folder.file("run").path, "--ratios", "0,0.3", "--hidden-size", "16", "--vocabulary-size",
        "200",
      ],
      status: 64, says: "the nearest ratios are 0.25 and 0.5")
  }

  /// A checkpoint whose numbers are not finite is named with its tensor.
  @Test func numbersThatAreNotFinite() throws {
    let folder = try TemporaryFolder()
    let model = folder.file("model")
    let trained = try FarqProcess([
      "train", "--layers", "2", "--heads", "2", "--hidden-size", "16", "--vocabulary-size", "300", "--max-length", "32",
      "--train-limit", "2", "--steps", "1", "--threads", "1", "--output", model.path,
    ])
    #expect(trained.status == 0, "\(trained.errors)")
    let file = model.appendingPathComponent("model.safetensors")
    var tensors = try WeightDictionary(reading: SafetensorsFile(file)).tensors
    let name = "bert.encoder.layer.1.output.dense.bias"
    tensors[name] = try .full(#require(tensors[name]).shape, .nan)
    try SafetensorsWriter.write(tensors, to: file)
    try expect(
      ["classify", "--model", model.path, "--text", "خبر"], status: 65,
      says: "the tensor \(name) holds numbers that are not")
  }

  @Test func missingInput() throws {
    let folder = try TemporaryFolder()
    let none = folder.file("none").path
    try expect(["info", none], status: 66, says: "no checkpoint folder")
    try expect(
      ["convert", "--model", none, "--attention", "diff", "--ratio", "0.5", "--output", none], status: 66,
      says: "no checkpoint folder")
    try expect(["data", none], status: 66, says: "none")
    try expect(["metrics", "--input", none], status: 66, says: "none")
    try expect(["tokenize", "--model", folder.url.path, "--input", none], status: 66, says: "tokenizer")
    try expect(["compare", "--config", none, "--output", none], status: 66, says: "none")
  }

  @Test func badData() throws {
    let folder = try TemporaryFolder()
    try Data("{\"target\": 0, \"logits\": [1, 2]}\nnonsense\n".utf8).write(to: folder.file("p.jsonl"))
    try expect(["metrics", "--input", folder.file("p.jsonl").path], status: 65, says: "2")
    try Data("{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": ".utf8).write(to: folder.file("d.jsonl"))
    try expect(
      ["compare", "--data", folder.file("d.jsonl").path, "--output", folder.file("run").path], status: 65,
      says: "d.jsonl")
    try Data("{".utf8).write(to: folder.file("config.json"))
    try expect(["info", folder.url.path], status: 65, says: "config.json is no JSON object")
  }

  @Test func outputThatCannotBeWritten() throws {
    try expect(["compare", "--output", "/proc/farq", "--steps", "1"], status: 74, says: "/proc/farq")
  }

  @Test(.enabled(if: !FileManager.default.fileExists(atPath: "/dev/nvidia0"), "this machine has a GPU"))
  func missingDevice() throws {
    let folder = try TemporaryFolder()
    try expect(
      ["compare", "--output", folder.file("run").path, "--device", "cuda"], status: 69, says: "--device cpu")
    #expect(!FileManager.default.fileExists(atPath: folder.file("run").path))
  }
}
