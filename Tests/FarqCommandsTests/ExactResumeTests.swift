import FarqTesting
import Foundation
import Testing

/// The states that a run of one model has saved.
enum SavedFiles {
  static func states(in run: URL) -> [URL] {
    let state = run.appendingPathComponent("state")
    let files =
      FileManager.default.enumerator(at: state, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    return files.filter { $0.pathExtension == "safetensors" && !$0.lastPathComponent.hasPrefix(".") }
      .sorted { number($0) < number($1) }
  }

  private static func number(_ file: URL) -> Int {
    Int(file.deletingPathExtension().lastPathComponent.split(separator: "-").last ?? "") ?? 0
  }
}

/// Runs that are interrupted, in every way, end as if they had not been.
@Suite(.serialized) struct ExactResumeTests {
  private static let arguments =
    ["train", "--steps", "150", "--checkpoint-every", "10", "--attention", "diff", "--ratio", "0.5"]
    + DataParallelTests.tiny.filter { $0 != "--dropout" && $0 != "0" }

  private func whole(_ folder: TemporaryFolder) throws -> URL {
    let whole = folder.file("whole")
    let process = try FarqProcess(Self.arguments + ["--output", whole.path, "--threads", "1"])
    #expect(process.status == 0, "\(process.errors)")
    return whole
  }

  private func isWaiting(_ run: URL) -> Bool { SavedFiles.states(in: run).isEmpty }

  private func resume(_ run: URL) throws -> FarqProcess {
    try FarqProcess(["train", "--resume", "--output", run.path, "--threads", "1"])
  }

  /// SIGINT and SIGTERM finish the update, save the state and end plainly.
  @Test(arguments: [SIGINT, SIGTERM]) func signalsSaveTheState(signal: Int32) throws {
    let folder = try TemporaryFolder()
    let (whole, run) = (try whole(folder), folder.file("run"))
    let group = try FarqProcesses(1, Self.arguments + ["--output", run.path])
    group.wait { !isWaiting(run) }
    group.signal(signal, to: 0)
    #expect(group.exitCodes(within: 60) == [128 + signal], "\(group.allErrors)")
    #expect(group.errors(0).contains("the state is saved: go on with --resume"), "\(group.errors(0))")
    let resumed = try resume(run)
    #expect(resumed.status == 0 && resumed.errors.contains("going on after update"), "\(resumed.errors)")
    #expect(try Weights.areSame(run, whole))
  }

  /// Killed at any moment, again and again.
  @Test func killsAtRandomMoments() throws {
    let folder = try TemporaryFolder()
    let (whole, run) = (try whole(folder), folder.file("run"))
    var kills = 0
    for attempt in 0..<40 {
      let isUnfinished = FileManager.default.fileExists(atPath: run.appendingPathComponent("state").path)
      let group = try FarqProcesses(
        1, Self.arguments + ["--output", run.path] + (isUnfinished ? ["--resume"] : []))
      let start = ContinuousClock.now
      // Later each time, so that the run gets to its end.
      let moment = Duration.milliseconds(Int.random(in: 100...300) + attempt * 60)
      group.wait { ContinuousClock.now - start > moment }
      group.signal(SIGKILL, to: 0)
      let codes = try #require(group.exitCodes(within: 60))
      if codes == [0] { break }
      #expect(codes == [137], "\(group.allErrors)")
      kills += 1
    }
    #expect(kills > 3)
    #expect(try Weights.areSame(run, whole))
  }

  /// Of a damaged state the next older one takes the place; where none is whole, the error names it.
  @Test(arguments: ["cut", "flipped", "foreign"]) func damagedStatesArePassedOver(damage: String) throws {
    let folder = try TemporaryFolder()
    let (whole, run) = (try whole(folder), folder.file("run"))
    let group = try FarqProcesses(1, Self.arguments + ["--output", run.path])
    group.wait { SavedFiles.states(in: run).count >= 2 }
    group.signal(SIGKILL, to: 0)
    _ = group.exitCodes()
    let states = SavedFiles.states(in: run)
    #expect((1...3).contains(states.count), "two are kept, and one more while it is written")
    let newest = try #require(states.last)
    func spoil(_ file: URL) throws {
      var bytes = try Data(contentsOf: file)
      switch damage {
      case "cut": bytes.removeLast(bytes.count / 3)
      case "flipped": bytes[bytes.count - 1000] ^= 0x10
      default: bytes = try Data(contentsOf: whole.appendingPathComponent("model.safetensors"))
      }
      try bytes.write(to: file)
    }
    try spoil(newest)
    let copy = folder.file("copy")
    try FileManager.default.copyItem(at: run, to: copy)
    let resumed = try resume(run)
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(resumed.errors.contains("warning: \(newest.path)"), "\(resumed.errors)")
    #expect(try Weights.areSame(run, whole))

    for file in SavedFiles.states(in: copy).dropLast() { try spoil(file) }
    let hopeless = try resume(copy)
    #expect(hopeless.status == 65 && hopeless.errors.contains("no older state is whole"), "\(hopeless.errors)")
  }

  /// A state of two processes is one for one, three and two.
  @Test(arguments: [1, 2, 3]) func otherNumbersOfProcesses(count: Int) throws {
    let folder = try TemporaryFolder()
    let arguments = ["train", "--steps", "120", "--checkpoint-every", "10"] + DataParallelTests.tiny
    let (whole, run) = (folder.file("whole"), folder.file("run"))
    #expect(try FarqProcesses(2, arguments + ["--output", whole.path]).exitCodes() == [0, 0])
    let group = try FarqProcesses(2, arguments + ["--output", run.path, "--shard-optimizer"])
    group.wait { !isWaiting(run) }
    group.signal(SIGTERM, to: 1)
    #expect(group.exitCodes(within: 60) == [143, 143], "\(group.allErrors)")
    let resumed = try FarqProcesses(count, arguments + ["--output", run.path, "--resume"])
    #expect(resumed.exitCodes() == Array(repeating: 0, count: count), "\(resumed.allErrors)")
    #expect(resumed.errors(0).contains("going on after update"))
    let difference = try Weights.difference(whole, run)
    #expect(count == 2 ? difference == 0 : difference < 1e-3, "\(difference)")
  }

  /// A disk without room: the run ends, and the states that were there are whole.
  @Test func aFullDiskLosesNothing() throws {
    let folder = try TemporaryFolder()
    let (whole, run) = (try whole(folder), folder.file("run"))
    let group = try FarqProcesses(1, Self.arguments + ["--output", run.path])
    group.wait { !isWaiting(run) }
    group.signal(SIGKILL, to: 0)
    _ = group.exitCodes()
    let before = SavedFiles.states(in: run)
    let full = Process()
    full.executableURL = URL(fileURLWithPath: "/bin/sh")
    // Files of at most 64 blocks; without the signal that would end the process.
    full.arguments = [
      "-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\" 2>\"$0\"", folder.file("errors").path, FarqProcess.executable.path,
      "train", "--resume", "--output", run.path, "--threads", "1",
    ]
    try full.run()
    full.waitUntilExit()
    let errors = try String(contentsOf: folder.file("errors"), encoding: .utf8)
    #expect(full.terminationStatus == 74 && errors.contains("error: cannot write"), "\(errors)")
    #expect(SavedFiles.states(in: run) == before)
    let resumed = try resume(run)
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try Weights.areSame(run, whole))
  }
}
