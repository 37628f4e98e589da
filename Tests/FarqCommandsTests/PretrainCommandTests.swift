import FarqCore
import FarqTesting
import Foundation
import Testing

@Suite(.serialized) struct PretrainCommandTests {
  private static let tiny = [
    "--layers", "4", "--heads", "4", "--hidden-size", "16", "--vocabulary-size", "300", "--max-length", "48",
    "--steps", "6", "--batch-size", "2", "--evaluate-every", "3", "--threads", "1", "--validation-fraction", "0.2",
  ]

  /// Lines without labels, of which those of the test split must not be read.
  private func text(_ folder: TemporaryFolder) throws -> String {
    let words = ["فاز", "الفريق", "بالمباراة", "سعر", "النفط", "اليوم", "وزير", "الصحة", "قال", "إن"]
    var generator = SeededGenerator(seed: 3)
    let lines = (0..<60).map { index in
      let text = (0..<20).map { _ in words[generator.below(words.count)] }.joined(separator: " ")
      return index % 3 == 0 ? "{\"text\": \"test \(text)\", \"split\": \"test\"}" : "{\"text\": \"\(text)\"}"
    }
    let file = folder.file("text.jsonl")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    return file.path
  }

  @Test func trainsAnEncoderThatOtherCommandsTake() throws {
    let folder = try TemporaryFolder()
    let (data, model) = (try text(folder), folder.file("encoder").path)
    let process = try FarqProcess(
      ["pretrain", "--data", data, "--output", model, "--document-weight", "1", "--format", "json"] + Self.tiny)
    #expect(process.status == 0, "\(process.errors)")
    let report = try process.json()
    #expect(report["updates"]?.integer == 6)
    #expect(report["heldOut"]?.array?.count == 2)
    let words = try String(contentsOfFile: model + "/vocab.txt", encoding: .utf8).split(separator: "\n")
    #expect(words.prefix(8).joined(separator: " ") == "[PAD] [UNK] [CLS] [SEP] [MASK] [رابط] [بريد] [مستخدم]")
    #expect(!words.contains("test") && words.contains("الفريق"))
    #expect(!FileManager.default.fileExists(atPath: model + "/pretraining-state.safetensors"))
    let compared = try FarqProcess([
      "compare", "--model", model, "--output", folder.file("run").path, "--train-limit", "4", "--test-limit", "2",
      "--steps", "2", "--ratios", "0,0.5", "--no-linear", "--max-length", "48", "--threads", "1",
    ])
    #expect(compared.status == 0, "\(compared.errors)")
    try goOn(from: model, data, folder)
  }

  /// A hybrid is made of the encoder at the start, and trained on as the hybrid that it is.
  private func goOn(from model: String, _ data: String, _ folder: TemporaryFolder) throws {
    let (hybrid, healed) = (folder.file("hybrid").path, folder.file("healed").path)
    let more = ["--steps", "2", "--batch-size", "2", "--max-length", "48", "--threads", "1"]
    let first = try FarqProcess(
      ["pretrain", "--model", model, "--data", data, "--attention", "diff", "--ratio", "0.5", "--output", hybrid] + more
    )
    #expect(first.status == 0, "\(first.errors)")
    let second = try FarqProcess(["pretrain", "--model", hybrid, "--data", data, "--output", healed] + more)
    #expect(second.status == 0, "\(second.errors)")
    let info = try FarqProcess(["info", healed, "--format", "json"]).json()
    #expect(info["attention"]?.object?["layers"] == .array([.integer(2), .integer(3)]))
  }

  /// Texts are cleaned and segmented before the vocabulary is learnt and before they are read; the checkpoint says so,
  /// training on takes it over, and what is asked for goes before.
  @Test func keepsThePreparation() throws {
    let folder = try TemporaryFolder()
    let (data, model) = (try text(folder), folder.file("encoder").path)
    let prepared = ["--preprocess", "arabert", "--segmentation", "light"]
    let process = try FarqProcess(["pretrain", "--data", data, "--output", model] + prepared + Self.tiny)
    #expect(process.status == 0, "\(process.errors)")
    let words = try String(contentsOfFile: model + "/vocab.txt", encoding: .utf8).split(separator: "\n")
    #expect(words.contains("ال+") && words.contains("فريق") && !words.contains("الفريق"))
    #expect(try preparation("encoder", folder)?["segmentation"] == .string("light"))

    let ids = try FarqProcess(["tokenize", "--model", model, "--input", "-"], input: "{\"text\": \"الفَريق\"}\n")
    let pieces = try ids.json()["input_ids"]?.array?.compactMap(\.integer).map { String(words[$0]) }
    #expect(pieces == ["[CLS]", "ال+", "فريق", "[SEP]"], "\(ids.errors)")

    let more = ["--steps", "1", "--batch-size", "2", "--max-length", "48", "--threads", "1"]
    for (name, asked) in [("on", []), ("raw", ["--preprocess", "none", "--segmentation", "none"])] {
      let next = try FarqProcess(
        ["pretrain", "--model", model, "--data", data, "--output", folder.file(name).path] + asked + more)
      #expect(next.status == 0, "\(next.errors)")
    }
    #expect(try preparation("on", folder) == preparation("encoder", folder))
    #expect(try JSONValue.object(in: folder.file("raw/config.json"))["farq"] == nil)
  }

  /// What a checkpoint stores of its texts' preparation.
  private func preparation(_ name: String, _ folder: TemporaryFolder) throws -> [String: JSONValue]? {
    try JSONValue.object(in: folder.file("\(name)/config.json"))["farq"]?.object?["preprocess"]?.object
  }

  @Test func saysWhatIsWrong() throws {
    let folder = try TemporaryFolder()
    let (data, output) = (try text(folder), folder.file("out").path)
    let cases: [([String], Int32, String)] = [
      (["--data", folder.file("none").path], 66, "no data"),
      (["--data", data, "--mask-share", "1"], 64, "--mask-share"),
      (["--data", data, "--short-length", "600"], 64, "--short-length"),
      (["--data", data, "--attention", "diff"], 64, "--ratio"),
      (["--data", data, "--hours", "0"], 64, "--hours"),
      (["--data", data, "--preprocess", "stem"], 64, "arabert-v02"),
      (["--data", data, "--heads", "3"], 64, "--hidden-size"),
      (["--data", data, "--model", folder.url.path], 66, "tokenizer.json"),
    ]
    for (arguments, status, words) in cases {
      let process = try FarqProcess(["pretrain", "--output", output] + arguments)
      #expect(process.status == status, "\(arguments): \(process.errors)")
      #expect(process.errors.contains("error: ") && process.errors.contains(words), "\(process.errors)")
      #expect(process.output.isEmpty)
    }
    #expect(!FileManager.default.fileExists(atPath: output))
  }
}
