import Dispatch
import Foundation
import Synchronization

/// Runs the jobs of actors on one thread of its own, in the order in which they came.
///
/// libtorch keeps a pool of helper threads for every thread that calls it, and its modes belong to the calling thread: a
/// model that always runs on one thread has one pool and one mode.
public final class ThreadExecutor: SerialExecutor {
  private let jobs = JobList()

  /// Starts the thread.
  public init(name: String = "farq.inference") {
    let jobs = jobs
    let thread = Thread { jobs.runUntilClosed() }
    thread.name = name
    thread.stackSize = 8 << 20
    thread.start()
  }

  deinit { jobs.close() }

  /// Appends a job; called by the runtime.
  public func enqueue(_ job: consuming ExecutorJob) {
    jobs.append(UnownedJob(job), on: asUnownedSerialExecutor())
  }
}

/// Jobs that wait, and the thread's sleep while there is none.
private final class JobList: Sendable {
  private struct State {
    var waiting: [(job: UnownedJob, executor: UnownedSerialExecutor)] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let wakeUp = DispatchSemaphore(value: 0)

  func append(_ job: UnownedJob, on executor: UnownedSerialExecutor) {
    state.withLock { $0.waiting.append((job, executor)) }
    wakeUp.signal()
  }

  func close() {
    state.withLock { $0.isClosed = true }
    wakeUp.signal()
  }

  func runUntilClosed() {
    while true {
      wakeUp.wait()
      let (jobs, isClosed) = state.withLock { state in
        defer { state.waiting = [] }
        return (state.waiting, state.isClosed)
      }
      for entry in jobs { entry.job.runSynchronously(on: entry.executor) }
      if isClosed { return }
    }
  }
}
