import FarqReport
import FarqTesting
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A run that was killed and goes on with `--resume`.
@Suite struct ResumedRunTests {
  private static let arguments = [
    "--layers", "4", "--heads", "4", "--hidden-size", "16", "--vocabulary-size", "400", "--max-length", "32",
    "--train-limit", "8", "--test-limit", "3", "--steps", "600", "--batch-size", "8", "--threads", "1",
    "--checkpoint-every", "20", "--ratios", "0", "--no-linear",
  ]

  /// Kills the run once a state is saved.
  private func interrupt(_ run: URL) throws {
    let process = Process()
    process.executableURL = FarqProcess.executable
    process.arguments = ["compare", "--output", run.path] + Self.arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let state = run.appendingPathComponent("state/baseline")
    while process.isRunning, !FileManager.default.fileExists(atPath: state.path + "/learning-curve.json") {
      usleep(1000)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal, "it was to be interrupted")
  }

  @Test func theReportShowsTheWholeCourse() throws {
    let folder = try TemporaryFolder()
    let run = folder.file("run")
    try interrupt(run)
    let other = try FarqProcess(
      ["compare", "--output", run.path, "--resume", "--granularity", "heads"] + Self.arguments)
    #expect(other.status == 64)
    #expect(other.errors.contains("holds another run") && other.errors.contains("--granularity layers → heads"))
    let again = try FarqProcess(["compare", "--output", run.path] + Self.arguments)
    #expect(again.status == 64)
    #expect(again.errors.contains("unfinished: go on with --resume"))

    let resumed = try FarqProcess(["compare", "--output", run.path, "--resume"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(resumed.errors.contains("going on after update"))
    let report = try RunReport.read(from: run)
    let curve = try #require(report.models.first?.learningCurve)
    let steps = curve.steps.map(\.step)
    #expect(try #require(steps.first) <= 20 && steps.last == 600)
    #expect(steps == Array(Set(steps)).sorted(), "no update stands twice")
    let epochs = curve.epochs.map(\.epoch)
    #expect(epochs == Array(1...epochs.count), "\(epochs)")
    #expect(
      !FileManager.default.fileExists(atPath: run.appendingPathComponent("state/baseline/learning-curve.json").path))

    let whole = folder.file("whole")
    #expect(try FarqProcess(["compare", "--output", whole.path] + Self.arguments).status == 0)
    #expect(try RunReport.read(from: whole).identity == report.identity, "of one identity, wherever they lie")
    for file in ["predictions/baseline.jsonl", "checkpoints/baseline/model.safetensors"] {
      let (one, two) = (run.appendingPathComponent(file), whole.appendingPathComponent(file))
      #expect(try Data(contentsOf: one) == Data(contentsOf: two), "\(file) is as if the run had not been interrupted")
    }
    let finished = try FarqProcess(["compare", "--output", run.path, "--resume"])
    #expect(finished.status == 0 && finished.errors.contains("finished already"))
  }
}
