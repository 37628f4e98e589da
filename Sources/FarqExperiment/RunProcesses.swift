import FarqCore
import FarqReport
import FarqTorch
public import FarqTraining
public import Foundation

/// The processes that do a run together: each model by all of them, or whole models dealt out. Process 0 alone writes the
/// run's report, and where models are shared everything.
public struct RunProcesses {
  /// A run of this process.
  public static var alone: RunProcesses { RunProcesses(nil) }

  private let parallel: DataParallel?
  /// Whether each process trains models of its own.
  let spreadsRuns: Bool
  private let ownFolder: URL

  /// - Parameters:
  ///   - parallel: nil for this process alone.
  ///   - spreadsRuns: deals whole models out.
  public init(_ parallel: DataParallel?, spreadsRuns: Bool = false) {
    self.parallel = parallel
    self.spreadsRuns = spreadsRuns && parallel != nil
    ownFolder = FileManager.default.temporaryDirectory.appendingPathComponent("farq-process-\(UUID().uuidString)")
  }

  /// Whether this process writes what the run leaves.
  public var writes: Bool { parallel?.group.isFirst ?? true }

  /// How a model is trained; nil where this process does it alone.
  var sharingModels: DataParallel? { spreadsRuns ? nil : parallel }

  /// Where this process writes: what a process other than the first would write goes into a folder that is removed.
  func folder(for output: URL) -> URL { writes || spreadsRuns ? output : ownFolder }

  /// Removes what this process had to write for itself.
  func removeOwnFolder() {
    if !writes { try? FileManager.default.removeItem(at: ownFolder) }
  }

  /// What process 0 says.
  func agree(_ answer: Bool) throws -> Bool {
    guard let group = parallel?.group else { return answer }
    return try group.sum([group.isFirst && answer ? 1 : 0])[0] > 0
  }

  /// Whether a model is done: where all train it, process 0 says so.
  func agreeOnModel(_ isDone: Bool) throws -> Bool { spreadsRuns ? isDone : try agree(isDone) }

  /// Checks that all processes have the same run before them.
  ///
  /// - Throws: ``FarqError`` `usage`, in each process whose options or data are not those of process 0.
  func check(_ identity: RunIdentity) throws {
    guard let group = parallel?.group else { return }
    let first = try JSONDecoder().decode(
      RunIdentity.self, from: Data(group.broadcast(Array(JSONEncoder().encode(identity)))))
    let different = try group.sum([first.name == identity.name ? 0 : 1])[0] > 0
    if first.name != identity.name {
      throw FarqError(
        .usage,
        "process \(group.rank) has another run before it than process 0: "
          + "\(identity.differences(from: first).joined(separator: "; ")); give all the same options and data")
    }
    if different { throw FarqError(.usage, "another process has other options or data: give all the same") }
  }

  /// Hands each process the next of `units` until none is left, and waits for all to be done.
  func spread(_ units: [[Int]], _ body: ([Int]) throws -> Void) throws {
    guard let group = parallel?.group else { return try units.forEach(body) }
    while true {
      let next = try group.add(1, to: "units") - 1
      guard next < units.count else { break }
      try body(units[next])
    }
    // Models may take days; a process that is gone is noticed at once by its closed connection.
    try group.barrier(timeout: Self.longest)
  }

  /// Seconds that the slowest model may take longer than all others.
  private static let longest = 30.0 * 24 * 3600
}
