import FarqTesting
import Foundation
import Testing

/// PyTorch's own launcher, of the wheel that libtorch comes from.
@Suite(.serialized) struct LauncherTests {
  /// The folder that holds the package `torch`, if its launcher can be started here.
  static let wheel: URL? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let wheel = root.appendingPathComponent(".libtorch").resolvingSymlinksInPath().deletingLastPathComponent()
    return (try? launch(["--help"], wheel))?.status == 0 ? wheel : nil
  }()

  private static func launch(_ arguments: [String], _ wheel: URL) throws -> (status: Int32, text: String) {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-m", "torch.distributed.run"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": wheel.path]) { $1 }
    let output = folder.file("output")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
  }

  /// One of two processes is killed once a state is saved; torchrun starts both anew, which go on by themselves.
  @Test(.enabled(if: wheel != nil, "python3 cannot start torch.distributed.run of the wheel"))
  func torchrunRestartsTheGroup() throws {
    let wheel = try #require(Self.wheel)
    let folder = try TemporaryFolder()
    let run = folder.file("run")
    let arguments = ["train", "--steps", "150", "--checkpoint-every", "10"] + DataParallelTests.tiny
    let script = """
      if [ "$TORCHELASTIC_RESTART_COUNT$RANK" = 01 ]; then
        "$@" & process=$!
        until ls "$0"/state/*/*.safetensors >/dev/null 2>&1; do sleep 0.02; done
        kill -9 $process; wait $process
      else exec "$@"; fi
      """
    let launched = try Self.launch(
      ["--no-python", "--nproc-per-node", "2", "--max-restarts", "2", "sh", "-c", script, run.path]
        + [FarqProcess.executable.path] + arguments + ["--output", run.path], wheel)
    #expect(launched.status == 0, "\(launched.text)")
    #expect(launched.text.contains("going on after update"), "\(launched.text)")
    let whole = folder.file("whole")
    #expect(try FarqProcesses(2, arguments + ["--output", whole.path]).exitCodes() == [0, 0])
    #expect(try Weights.difference(run, whole) == 0)
  }
}
