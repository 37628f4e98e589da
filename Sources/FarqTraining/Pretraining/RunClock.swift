/// The time that a run has taken, over interruptions.
struct RunClock {
  private let before: Double
  private let start = ContinuousClock.now

  /// A clock that already shows `seconds`.
  init(seconds: Double) { before = seconds }

  /// Seconds so far.
  var seconds: Double { before + (ContinuousClock.now - start).seconds }
}
