import Foundation
import Synchronization

/// SIGINT and SIGTERM while updates are made: the update is finished, the state saved, and the run ends. A second SIGINT ends
/// it at once; outside of updates the first does.
public enum StopRequest {
  /// The signal that came; 0 for none.
  private static let received = Atomic<Int32>(0)
  /// Whether somebody looks at ``signal`` from time to time.
  private static let isWatched = Atomic<Bool>(false)

  /// Has both signals come here.
  public static func install() {
    // The first use makes the atomics, which a handler must not.
    received.store(0, ordering: .relaxed)
    isWatched.store(false, ordering: .relaxed)
    // Whoever starts this process may have them blocked, as threads of libdispatch have.
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&unblocked, number)
      Foundation.signal(number) { StopRequest.receive($0) }
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  /// The signal that asks for an end; nil where none came.
  public static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Runs `body`, which looks at ``signal`` after every update.
  public static func watching<Result>(_ body: () throws -> Result) rethrows -> Result {
    isWatched.store(true, ordering: .relaxed)
    defer { isWatched.store(false, ordering: .relaxed) }
    return try body()
  }

  /// The handler: only atomics and calls that are safe in one.
  private static func receive(_ number: Int32) {
    let isFirst = received.load(ordering: .relaxed) == 0
    guard isWatched.load(ordering: .relaxed), isFirst || number == SIGTERM else {
      Foundation.signal(number, SIG_DFL)
      raise(number)
      return
    }
    if isFirst { received.store(number, ordering: .relaxed) }
  }
}

/// A run that a signal ended after it had saved its state: no fault, but not done either.
public struct Interruption: Error, Sendable {
  /// The signal.
  public let signal: Int32
  /// One line for the user.
  public let message: String

  /// Makes one.
  public init(signal: Int32, message: String) {
    self.signal = signal
    self.message = message
  }

  /// What shells give for a process that a signal ended.
  public var exitCode: Int32 { 128 + signal }
}
