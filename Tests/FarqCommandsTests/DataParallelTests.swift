import FarqReport
import FarqTesting
import Foundation
import Testing

/// Training by several processes on the loopback interface.
@Suite(.serialized) struct DataParallelTests {
  static let tiny = [
    "--layers", "4", "--heads", "4", "--hidden-size", "16", "--vocabulary-size", "400", "--max-length", "32",
    "--train-limit", "8", "--test-limit", "3", "--batch-size", "7", "--dropout", "0", "--precision", "fp32",
    "--learning-rate", "1e-3",
  ]

  /// 20 updates by two and by four processes end in the weights of one; batches of seven leave four unequal parts, and
  /// the last of an epoch some with nothing.
  @Test(arguments: [
    ["--attention", "standard"], ["--attention", "diff", "--ratio", "0.5"],
    ["--attention", "diff-v2", "--ratio", "0.25", "--granularity", "heads"],
    ["--class-weights", "balanced", "--gradient-accumulation", "2"], ["--architecture", "encoder-decoder"],
  ])
  func equalsOneProcess(options: [String]) throws {
    let folder = try TemporaryFolder()
    let arguments = ["train", "--steps", "20"] + Self.tiny + options
    let one = folder.file("one")
    let alone = try FarqProcess(arguments + ["--output", one.path, "--threads", "1"])
    #expect(alone.status == 0, "\(alone.errors)")
    for (count, more) in [(2, []), (2, ["--shard-optimizer"]), (4, [])] {
      let several = folder.file("\(count)\(more.count)")
      let group = try FarqProcesses(count, arguments + more + ["--output", several.path])
      #expect(group.exitCodes() == Array(repeating: 0, count: count), "\(group.allErrors)")
      let difference = try Weights.difference(one, several)
      #expect(difference < 1e-4, "\(count) processes \(more): \(difference)")
      #expect(group.output(1).isEmpty && group.errors(1).isEmpty, "process 0 alone prints")
      let (report, expected) = (try RunReport.read(from: several), try RunReport.read(from: one))
      #expect(report.identity == expected.identity)
      #expect(report.models[0].confusionMatrix == expected.models[0].confusionMatrix)
    }
  }

  /// Compressed gradients train too, but not to the same bits.
  @Test func compressedGradientsAreNear() throws {
    let folder = try TemporaryFolder()
    let arguments = ["train", "--steps", "20"] + Self.tiny
    let (plain, compressed) = (folder.file("plain"), folder.file("compressed"))
    #expect(try FarqProcesses(2, arguments + ["--output", plain.path]).exitCodes() == [0, 0])
    let group = try FarqProcesses(
      2, arguments + ["--output", compressed.path, "--gradient-compression", "bf16"])
    #expect(group.exitCodes() == [0, 0], "\(group.allErrors)")
    let difference = try Weights.difference(plain, compressed)
    #expect(difference > 1e-6 && difference < 2e-2, "\(difference)")
  }

  @Test func pretrainingEqualsOneProcess() throws {
    let folder = try TemporaryFolder()
    let text = folder.file("text.jsonl")
    let lines = (0..<60).map { "{\"text\": \"\(String(repeating: "فاز الفريق \($0) بالمباراة اليوم ", count: 6))\"}" }
    try Data(lines.joined(separator: "\n").utf8).write(to: text)
    let arguments = [
      "pretrain", "--data", text.path, "--layers", "2", "--heads", "2", "--hidden-size", "16", "--vocabulary-size",
      "300", "--max-length", "32", "--steps", "20", "--batch-size", "3", "--dropout", "0", "--precision", "fp32",
      "--document-weight", "0.5", "--validation-fraction", "0.2",
    ]
    let (one, two) = (folder.file("one"), folder.file("two"))
    let alone = try FarqProcess(arguments + ["--output", one.path, "--threads", "1"])
    #expect(alone.status == 0, "\(alone.errors)")
    let group = try FarqProcesses(2, arguments + ["--output", two.path, "--shard-optimizer"])
    #expect(group.exitCodes() == [0, 0], "\(group.allErrors)")
    #expect(try Weights.difference(one, two) < 1e-4)
  }

  /// A process that dies takes the others with it at once.
  @Test func aDyingProcessEndsTheGroup() throws {
    let folder = try TemporaryFolder()
    let run = folder.file("run")
    let group = try FarqProcesses(
      3, ["train", "--steps", "100000", "--checkpoint-every", "10", "--output", run.path] + Self.tiny)
    group.wait { !SavedFiles.states(in: run).isEmpty }
    group.signal(SIGKILL, to: 1)
    let codes = try #require(group.exitCodes(within: 30), "the others hang: \(group.allErrors)")
    #expect(codes == [69, 137, 69])
    #expect(group.errors(0).contains("error: another process is gone"), "\(group.errors(0))")
  }

  /// One that is stopped but not gone is given up after the time that was asked for.
  @Test func aSilentProcessEndsTheGroup() throws {
    let folder = try TemporaryFolder()
    let run = folder.file("run")
    let group = try FarqProcesses(
      2,
      ["train", "--steps", "100000", "--checkpoint-every", "10", "--process-timeout", "3", "--output", run.path]
        + Self.tiny)
    group.wait { !SavedFiles.states(in: run).isEmpty }
    group.signal(SIGSTOP, to: 1)
    let start = ContinuousClock.now
    group.wait { ContinuousClock.now - start > .seconds(30) }
    group.signal(SIGKILL, to: 1)
    #expect(ContinuousClock.now - start > .seconds(2))
    #expect(group.exitCodes(within: 10) == [69, 137], "\(group.allErrors)")
  }

  @Test func halfAnEnvironmentIsAnError() throws {
    for variables in [["RANK": "0"], ["RANK": "0", "WORLD_SIZE": "2"], ["RANK": "2", "WORLD_SIZE": "2"]] {
      let process = try FarqProcess(["train", "--output", "/nowhere/x"] + Self.tiny, environment: variables)
      #expect(process.status == 64 && process.errors.hasPrefix("error: "), "\(process.errors)")
    }
  }

  /// Whole models are dealt out, and what is done stays done.
  @Test func modelsAreDealtOut() throws {
    let folder = try TemporaryFolder()
    let arguments = ["compare", "--steps", "6", "--seeds", "2", "--ratios", "0,0.5", "--no-linear"] + Self.tiny
    let (one, two) = (folder.file("one"), folder.file("two"))
    let alone = try FarqProcess(arguments + ["--output", one.path, "--threads", "1"])
    #expect(alone.status == 0, "\(alone.errors)")
    let group = try FarqProcesses(2, arguments + ["--output", two.path, "--spread-runs"])
    #expect(group.exitCodes() == [0, 0], "\(group.allErrors)")
    let (report, expected) = (try RunReport.read(from: two), try RunReport.read(from: one))
    #expect(report.models.map(\.name) == expected.models.map(\.name) && report.models.count == 4)
    for model in report.models {
      let place = "checkpoints/\(model.name)"
      #expect(try Weights.areSame(one.appendingPathComponent(place), two.appendingPathComponent(place)))
    }
  }
}
