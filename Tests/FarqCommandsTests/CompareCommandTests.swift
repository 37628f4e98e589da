import FarqCore
import FarqReport
import FarqTesting
import Foundation
import Testing

/// The main job on a BERT of a few thousand parameters, and what users do with the run afterwards.
@Suite(.serialized) struct CompareCommandTests {
  private static let small = [
    "--layers", "4", "--heads", "4", "--hidden-size", "16", "--vocabulary-size", "400", "--max-length", "32",
    "--train-limit", "8", "--test-limit", "3", "--steps", "4", "--batch-size", "8", "--threads", "1",
  ]

  /// The same for a checkpoint that has its sizes.
  private static let onward = Array(small.dropFirst(8))

  private func compare(_ folder: URL, _ more: [String] = []) throws -> FarqProcess {
    try FarqProcess(["compare", "--output", folder.path] + Self.small + more)
  }

  @Test func writesTheWholeRunFolder() throws {
    let temporary = try TemporaryFolder()
    let run = temporary.file("run")
    let process = try compare(run)
    #expect(process.status == 0, "\(process.errors)")
    #expect(process.output.contains("diff-25") && process.output.contains("tfidf-svm"))
    let report = try RunReport.read(from: run)
    #expect(report.models.map(\.name) == ["baseline", "diff-25", "diff-50", "tfidf-svm"])
    #expect(report.models[1].attentionPlan?.layers == [3])
    #expect(report.models[2].attentionPlan?.layers == [2, 3])
    #expect(report.comparisons.count(where: { $0.metric == "accuracy" }) == 6)
    for name in ["report.json", "report.html", "results.csv", "config.json", "predictions/diff-25.jsonl"] {
      #expect(FileManager.default.fileExists(atPath: run.appendingPathComponent(name).path), "\(name)")
    }
    let logs = try FileManager.default.contentsOfDirectory(atPath: run.appendingPathComponent("logs/baseline").path)
    #expect(logs.contains { $0.contains("tfevents") })
    #expect(!FileManager.default.fileExists(atPath: run.appendingPathComponent("state").path))
    try readTheLogs(run)
    try useTheHybrid(run)
  }

  /// What TensorBoard shows of a hybrid's training.
  private func readTheLogs(_ run: URL) throws {
    let folder = run.appendingPathComponent("logs/diff-50")
    let file = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path).first)
    let values = try EventFileReader.values(folder.appendingPathComponent(file))
    for name in ["loss", "learning_rate", "gradient_norm", "documents_per_second"] {
      let steps = values.filter { $0.tag == "train/\(name)" }
      #expect(steps.map(\.step) == [1, 2, 3, 4] && steps.allSatisfy { $0.value.float(2)?.isFinite ?? true }, "\(name)")
    }
    for tag in ["validation/accuracy", "validation/macro_f1", "validation/log_loss", "train/epoch_loss"] {
      #expect(values.contains { $0.tag == tag }, "\(tag)")
    }
    for layer in 2...3 {
      let lambdas = values.filter { $0.tag == "lambda/encoder/layer_\(layer)" }
      #expect(lambdas.first?.step == 0 && lambdas.count >= 2, "λ of layer \(layer) before and after")
    }
    for tag in ["validation/confusion_matrix", "test/confusion_matrix"] {
      let image = try #require(values.first { $0.tag == tag }?.value.message(4))
      #expect(image.bytes(4)?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true, "\(tag) is a PNG")
    }
  }

  /// Every seed is trained; tables have a row a configuration, tests pool the seeds.
  @Test func seedsAreSummarised() throws {
    let temporary = try TemporaryFolder()
    let run = temporary.file("run")
    let process = try compare(run, ["--ratios", "0,0.5", "--seeds", "2", "--no-linear"])
    #expect(process.status == 0, "\(process.errors)")
    let report = try RunReport.read(from: run)
    #expect(report.models.map(\.configuration) == ["baseline", "diff-50", "baseline", "diff-50"])
    #expect(report.comparisons.allSatisfy { $0.pooledSeeds == 2 } && report.comparisons.count == 9)
    #expect(report.seedSummaries.count == 18 && report.seedSummaries.allSatisfy { $0.seeds == 2 })
    #expect(report.textTable.rows.count == 2 && report.textTable.rows[1][1].contains("±"))
    #expect(report.claims.contains { $0.statement.contains("pools 2 seeds") })
    #expect(report.models[0].intervals.count == 9)
    #expect(report.comparisons.allSatisfy { $0.margin == nil })
    let margin = try FarqProcess(["report", run.path, "--margin", "99"])
    #expect(margin.output.contains("are equivalent in accuracy within 99 points"), "\(margin.errors)")
    #expect(margin.output.contains("over 2 seeds and the documents"))
    #expect(try FarqProcess(["report", run.path, "--margin", "0"]).status == 64)
    let markdown = try FarqProcess(["report", run.path, "--format", "markdown"])
    #expect(markdown.output.contains("## Over seeds") && markdown.output.contains("## Every pair"))
    #expect(try FarqProcess(["report", run.path, "--format", "latex"]).output.contains("\\toprule"))
    let both = try FarqProcess(["report", run.path, run.path, "--format", "html"])
    #expect(both.status == 0 && both.output.contains("run-2/diff-50"))
  }

  /// A saved hybrid is loaded again, measured to the same numbers, and classifies.
  private func useTheHybrid(_ run: URL) throws {
    let hybrid = run.appendingPathComponent("checkpoints/diff-50").path
    let sample = try FarqProcess(["info", hybrid, "--format", "json"]).json()
    #expect(sample["attention"]?.object?["layers"] == .array([.integer(2), .integer(3)]))
    let evaluated = try FarqProcess(
      ["evaluate", "--model", hybrid, "--max-length", "32", "--test-limit", "3", "--format", "json"]
    ).json()
    let report = try RunReport.read(from: run)
    let accuracy = try #require(evaluated["metrics"]?.object?["accuracy"]?.number)
    #expect(accuracy == report.models[2].metrics["accuracy"]?.number)
    let classified = try FarqProcess(["classify", "--model", hybrid, "--text", "فاز الفريق", "--format", "json"]).json()
    #expect(classified["logits"]?.array?.count == 7)
    try explain(hybrid)
    let sum = classified["probabilities"]?.object?.values.compactMap(\.number).reduce(0, +) ?? 0
    #expect(abs(sum - 1) < 1e-9)
  }

  private func explain(_ hybrid: String) throws {
    let folder = try TemporaryFolder()
    let page = folder.file("page.html")
    let process = try FarqProcess([
      "explain", "--model", hybrid, "--text", "فاز الفريق", "--output", page.path, "--format", "json", "--threads", "1",
    ])
    #expect(process.status == 0, "\(process.errors)")
    let head = try process.json()["head"]?.object
    #expect(head?["layer"] == .integer(3) && head?["head_count"] == .integer(2))
    #expect(try String(contentsOf: page, encoding: .utf8).contains("dir=\"rtl\""))
    for (arguments, status) in [(["--head", "2"], 64), (["--layer", "9"], 64), (["--label", "x"], 64), ([], 64)] {
      let output = arguments.isEmpty ? [] : ["--output", page.path]
      let refused = try FarqProcess(["explain", "--model", hybrid, "--text", "فاز"] + arguments + output)
      #expect(refused.status == Int32(status), "\(arguments)")
    }
  }

  /// The resolved settings of a run, given as --config, make the same run.
  @Test func theResolvedConfigurationRepeatsTheRun() throws {
    let temporary = try TemporaryFolder()
    let (first, second) = (temporary.file("first"), temporary.file("second"))
    #expect(try compare(first, ["--ratios", "0,0.5", "--no-linear"]).status == 0)
    let again = try FarqProcess([
      "compare", "--config", first.appendingPathComponent("config.json").path, "--output", second.path, "--threads",
      "1",
    ])
    #expect(again.status == 0, "\(again.errors)")
    let predictions = { (run: URL) in
      try Data(contentsOf: run.appendingPathComponent("predictions/diff-50.jsonl"))
    }
    #expect(try predictions(first) == predictions(second))
  }

  @Test func startsFromTheFinetunedBaselineWithAControl() throws {
    let temporary = try TemporaryFolder()
    let process = try compare(
      temporary.file("run"),
      ["--preset", "notebook", "--train-limit", "8", "--test-limit", "3", "--steps", "2", "--no-linear"])
    #expect(process.status == 0, "\(process.errors)")
    let report = try RunReport.read(from: temporary.file("run"))
    #expect(report.models.map(\.name) == ["baseline", "baseline-continued", "notebook-50"])
    #expect(report.models.allSatisfy { $0.selectionSplit == "test" })
    #expect(report.claims.contains { $0.statement.contains("chosen on the test split itself") })
  }

  @Test func printsNothingButDataWithAFormat() throws {
    let temporary = try TemporaryFolder()
    let process = try compare(temporary.file("run"), ["--ratios", "0", "--no-linear", "--format", "json"])
    #expect(process.status == 0, "\(process.errors)")
    #expect(try process.json()["models"]?.array?.count == 1)
  }

  /// A hybrid is trained on as it is: no conversion, no annealing, nothing drawn anew.
  private func trainOn(_ model: String, _ temporary: TemporaryFolder) throws {
    let more = temporary.file("more").path
    let trained = try FarqProcess(
      ["train", "--model", model, "--output", more, "--format", "json", "--learning-rate", "1e-9"] + Self.onward)
    #expect(trained.status == 0, "\(trained.errors)")
    let record = try trained.json()["models"]?.array?.first?.object
    #expect(record?["name"] == .string("diff-25") && record?["ratio"]?.number == 0.25)
    let texts = ["--text", "فاز الفريق", "--format", "json", "--threads", "1"]
    let logits = try [model, more].map {
      try FarqProcess(["classify", "--model", $0] + texts).json()["logits"]?.array?.compactMap(\.number) ?? []
    }
    #expect(logits[0].count == 7 && zip(logits[0], logits[1]).allSatisfy { abs($0 - $1) < 1e-3 })
    let infos = try [model, more].map { try FarqProcess(["info", $0, "--format", "json"]).json()["attention"] }
    #expect(infos[0] == infos[1] && infos[0] != nil)
    let config = temporary.file("more/config.json")
    let broken = try JSONValue.object(in: config).merging(["num_hidden_layers": .integer(3)]) { $1 }
    try JSONEncoder().encode(broken).write(to: config)
    let refused = try FarqProcess(["train", "--model", more, "--output", temporary.file("no").path] + Self.onward)
    #expect(refused.status == 65, "\(refused.errors)")
  }

  @Test func trainsACheckpointThatTheOtherCommandsTake() throws {
    let temporary = try TemporaryFolder()
    let model = temporary.file("model").path
    let trained = try FarqProcess(
      ["train", "--output", model, "--attention", "diff", "--ratio", "0.25"] + Self.small)
    #expect(trained.status == 0, "\(trained.errors)")
    let again = try FarqProcess(["compare", "--model", model, "--output", temporary.file("run").path] + Self.small)
    #expect(again.status == 64)
    #expect(again.errors.contains("is a hybrid already") && again.errors.contains("farq train"))
    try trainOn(model, temporary)
    let tokens = try FarqProcess(
      ["tokenize", "--model", model, "--input", "-", "--max-length", "6"],
      input: "{\"text\": \"السلام عليكم يا أصدقاء\"}\n")
    #expect(tokens.status == 0, "\(tokens.errors)")
    #expect(try tokens.json()["input_ids"]?.array?.count == 6)
  }
}
