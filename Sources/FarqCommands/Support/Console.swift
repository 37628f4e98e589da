import Foundation

/// Where words go: data to standard output, everything else to standard error.
enum Console {
  /// Whether progress is shown: of several processes the first shows it. Set once, before a run begins.
  nonisolated(unsafe) static var isShown = true

  /// Writes data and a line break to standard output.
  static func write(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// Writes a line to standard error.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Whether standard error is a terminal, where a line can be drawn over.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }
}
