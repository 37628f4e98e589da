import FarqCore
import FarqReport
import FarqTesting
import Foundation
import Testing

/// A teacher, other test data, and the encoder that comes with Farq.
@Suite(.serialized) struct TeacherCommandTests {
  private static let tiny = [
    "--layers", "4", "--heads", "4", "--hidden-size", "16", "--vocabulary-size", "400", "--max-length", "32",
    "--train-limit", "6", "--test-limit", "2", "--steps", "3", "--batch-size", "8", "--threads", "1",
  ]

  @Test func learnsFromATeacher() throws {
    let folder = try TemporaryFolder()
    let (teacher, run) = (folder.file("teacher").path, folder.file("run"))
    let trained = try FarqProcess(["train", "--output", teacher] + Self.tiny)
    #expect(trained.status == 0, "\(trained.errors)")
    let compared = try FarqProcess(
      [
        "compare", "--teacher", teacher, "--teacher-weight", "1", "--ratios", "0.5", "--no-linear", "--output",
        run.path,
      ]
        + Self.tiny)
    #expect(compared.status == 0, "\(compared.errors)")
    let options = try JSONValue.object(in: run.appendingPathComponent("config.json"))
    #expect(options["teacher"]?.string == teacher && options["teacher-weight"]?.number == 1)
    let untaught = try FarqProcess(
      ["train", "--output", folder.file("alone").path, "--attention", "diff", "--ratio", "0.5"] + Self.tiny)
    #expect(untaught.status == 0, "\(untaught.errors)")
    let weights = try [run.appendingPathComponent("checkpoints/diff-50"), folder.file("alone")].map {
      try Data(contentsOf: $0.appendingPathComponent("model.safetensors"))
    }
    #expect(weights[0] != weights[1])
  }

  @Test func refusesATeacherOfOtherLabels() throws {
    let folder = try TemporaryFolder()
    let teacher = folder.file("teacher").path
    #expect(try FarqProcess(["train", "--output", teacher] + Self.tiny).status == 0)
    let lines = (0..<40).map {
      "{\"text\": \"نص \($0)\", \"label\": \"\($0 % 2)\"" + ", \"split\": \"\($0 < 30 ? "train" : "test")\"}"
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.file("two.jsonl"))
    let base = ["compare", "--output", folder.file("run").path, "--data", folder.file("two.jsonl").path] + Self.tiny
    let labels = try FarqProcess(base + ["--teacher", teacher])
    #expect(labels.status == 64 && labels.errors.contains("knows the labels"), "\(labels.errors)")
    let weight = try FarqProcess(base + ["--teacher", teacher, "--teacher-weight", "2"])
    #expect(weight.status == 64 && weight.errors.contains("--teacher-weight"), "\(weight.errors)")
  }

  /// From a folder that has no `mini`, the name means the encoder that comes with Farq, and so does naming none.
  @Test func findsTheIncludedEncoder() throws {
    let folder = try TemporaryFolder()
    let info = try FarqProcess(["info", "mini", "--format", "json"]).json()
    #expect((info["parameters"]?.integer ?? .max) <= 16_000_000)
    let run = folder.file("run")
    let process = try FarqProcess([
      "compare", "--ratios", "0", "--no-linear", "--steps", "1", "--batch-size", "2", "--train-limit", "4",
      "--test-limit", "1", "--max-length", "16", "--threads", "1", "--output", run.path,
    ])
    #expect(process.status == 0, "\(process.errors)")
    let options = try JSONValue.object(in: run.appendingPathComponent("config.json"))
    #expect(options["model"]?.string?.hasSuffix("/mini") == true)
  }
}
