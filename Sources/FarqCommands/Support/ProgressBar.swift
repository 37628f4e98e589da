import Foundation

/// One line of progress on standard error: redrawn on a terminal, else printed every ten seconds.
struct ProgressBar {
  private let interval: Duration
  private var last: ContinuousClock.Instant?
  private var isDrawn = false
  private let isInteractive: Bool

  init(isInteractive: Bool = Console.isInteractive) {
    self.isInteractive = isInteractive
    interval = isInteractive ? .milliseconds(100) : .seconds(10)
  }

  /// Draws the bar for `done` of `total`, followed by `words`, if it is time to.
  mutating func draw(_ done: Int, of total: Int, _ words: @autoclosure () -> String) {
    let now = ContinuousClock.now
    if let last, now - last < interval { return }
    last = now
    let line = Self.line(done, of: total, words())
    FileHandle.standardError.write(Data((isInteractive ? "\r\u{1B}[K" + line : line + "\n").utf8))
    isDrawn = isInteractive
  }

  /// Takes the bar away; what is printed next begins on a clean line.
  mutating func clear() {
    if isDrawn { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    isDrawn = false
    last = nil
  }

  /// The line, without what positions it.
  static func line(_ done: Int, of total: Int, _ words: String) -> String {
    let width = 20
    let filled = total > 0 ? min(width, done * width / total) : 0
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    return "  \(bar) \(done)/\(total)  \(words)"
  }
}
