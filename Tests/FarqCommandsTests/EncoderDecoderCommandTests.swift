import FarqCore
import FarqReport
import FarqTesting
import Foundation
import Testing

/// `--architecture encoder-decoder` from training to classification, on a BERT of a few thousand parameters.
@Suite(.serialized) struct EncoderDecoderCommandTests {
  private static let small = [
    "--layers", "4", "--heads", "4", "--hidden-size", "16", "--vocabulary-size", "400", "--max-length", "32",
    "--train-limit", "8", "--test-limit", "3", "--steps", "4", "--batch-size", "8", "--threads", "1",
  ]

  @Test func comparesHybridsOfBothStacks() throws {
    let temporary = try TemporaryFolder()
    let run = temporary.file("run")
    let process = try FarqProcess(
      ["compare", "--output", run.path, "--architecture", "encoder-decoder", "--stack", "both", "--ratios", "0,0.5"]
        + ["--no-linear"] + Self.small)
    #expect(process.status == 0, "\(process.errors)")
    let report = try RunReport.read(from: run)
    #expect(report.models.map(\.name) == ["baseline", "diff-50"])
    #expect(report.models[1].attentionPlan?.stack == "both")
    let lambdas = report.models[1].learningCurve?.epochs.last?.lambdas ?? []
    #expect(lambdas.map(\.stack) == ["encoder", "encoder", "decoder", "decoder"])
    let hybrid = run.appendingPathComponent("checkpoints/diff-50").path
    let info = try FarqProcess(["info", hybrid, "--format", "json"]).json()
    #expect(info["architecture"] == .string("encoder-decoder"))
    #expect(info["layer_attention"]?.array?.count == 8)
    let evaluated = try FarqProcess(
      ["evaluate", "--model", hybrid, "--max-length", "32", "--test-limit", "3", "--format", "json"]
    ).json()
    #expect(evaluated["metrics"]?.object?["accuracy"]?.number == report.models[1].metrics["accuracy"]?.number)
    try classify(hybrid)
    try lookInside(hybrid, temporary)
    try train(on: run.appendingPathComponent("checkpoints/baseline").path, in: temporary)
  }

  /// `info` and `explain` name both stacks; the maps are the encoder's.
  private func lookInside(_ hybrid: String, _ temporary: TemporaryFolder) throws {
    let info = try FarqProcess(["info", hybrid])
    #expect(info.output.contains("diff (pair) in layers 2, 3 of encoder and decoder"), "\(info.output)")
    let page = temporary.file("page.html")
    let process = try FarqProcess([
      "explain", "--model", hybrid, "--text", "فاز الفريق", "--output", page.path, "--threads", "1",
    ])
    #expect(process.status == 0, "\(process.errors)")
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.contains("Attention of the encoder’s layer 3, head 0") && html.contains("decoder 3"))
  }

  /// Logits are mean log-probabilities: below 0; their softmax is the labels' probabilities.
  private func classify(_ hybrid: String) throws {
    let classified = try FarqProcess(["classify", "--model", hybrid, "--text", "فاز الفريق", "--format", "json"]).json()
    let logits = try #require(classified["logits"]?.array).compactMap(\.number)
    #expect(logits.count == 7)
    #expect(logits.allSatisfy { $0 < 0 })
    let sum = classified["probabilities"]?.object?.values.compactMap(\.number).reduce(0, +) ?? 0
    #expect(abs(sum - 1) < 1e-9)
  }

  /// An encoder-decoder stays one without being told, and is no encoder.
  private func train(on baseline: String, in folder: TemporaryFolder) throws {
    let more = ["--steps", "1", "--train-limit", "8", "--test-limit", "3", "--max-length", "32", "--threads", "1"]
    let output = folder.file("on").path
    let process = try FarqProcess(["train", "--model", baseline, "--output", output] + more)
    #expect(process.status == 0, "\(process.errors)")
    #expect(try FarqProcess(["info", output, "--format", "json"]).json()["architecture"] == .string("encoder-decoder"))
    let refused = try FarqProcess(
      ["train", "--model", baseline, "--architecture", "encoder", "--output", folder.file("no").path] + more)
    #expect(refused.status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.file("no").path))
    #expect(refused.errors.contains("omit --architecture encoder"))
  }

  @Test func convertsAnEncoder() throws {
    let temporary = try TemporaryFolder()
    let (encoder, output) = (temporary.file("encoder").path, temporary.file("both").path)
    let data = temporary.file("news.jsonl")
    try Data(Self.news.utf8).write(to: data)
    #expect(try FarqProcess(["train", "--data", data.path, "--output", encoder] + Self.small).status == 0)
    let refused = try FarqProcess(
      ["convert", "--model", encoder, "--attention", "dex", "--ratio", "0.5", "--stack", "decoder", "--output", output])
    #expect(refused.status == 64)
    #expect(refused.errors.contains("--architecture encoder-decoder"))
    let converted = try FarqProcess(
      ["convert", "--model", encoder, "--architecture", "encoder-decoder", "--attention", "dex", "--ratio", "0.5"]
        + ["--stack", "decoder", "--output", output])
    #expect(converted.status == 0, "\(converted.errors)")
    #expect(converted.errors.contains("crossattention"))
    let layers = try FarqProcess(["info", output, "--format", "json"]).json()["layer_attention"]?.array ?? []
    #expect(
      layers.map { $0.object?["attention"]?.string } == Array(repeating: "standard", count: 6) + ["dex", "dex"])
    #expect(try FarqProcess(["classify", "--model", output, "--text", "فاز الفريق"]).status == 0)
  }

  /// Texts that hold the words of their labels' names.
  private static let news = ["رياضة", "طب", "اقتصاد"].flatMap { label in
    (0..<12).map { index in
      #"{"text": "خبر \#(label) جديد رقم \#(index)", "label": "\#(label)", "split": "\#(index < 9 ? "train" : "test")"}"#
    }
  }.joined(separator: "\n")

  /// English names in a vocabulary that was learnt from Arabic texts alone.
  @Test func labelsThatTheVocabularyCannotWriteAreAnError() throws {
    let temporary = try TemporaryFolder()
    let (encoder, output) = (temporary.file("encoder").path, temporary.file("both").path)
    #expect(try FarqProcess(["train", "--output", encoder] + Self.small).status == 0)
    let process = try FarqProcess(
      ["convert", "--model", encoder, "--architecture", "encoder-decoder", "--attention", "standard", "--ratio", "0"]
        + ["--output", output])
    #expect(process.status == 65)
    #expect(process.errors.contains("'Culture' and 'Finance', whose letters its vocabulary lacks"))
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test func aDecodersAttentionNeedsADecoder() throws {
    let temporary = try TemporaryFolder()
    for stack in ["decoder", "both"] {
      let process = try FarqProcess(
        ["compare", "--output", temporary.file("run").path, "--stack", stack] + Self.small)
      #expect(process.status == 64)
      #expect(process.errors.contains("--stack \(stack) needs a decoder: use --architecture encoder-decoder"))
    }
  }
}
