import Foundation

/// The process's highest resident memory since it was last asked to forget it.
enum PeakMemory {
  /// Forgets the peak, where the system lets a process do so (Linux).
  static func reset() {
    #if os(Linux)
      guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
      try? file.write(contentsOf: Data("5".utf8))
      try? file.close()
    #endif
  }

  /// The peak in bytes.
  static func bytes() -> Int {
    #if os(Linux)
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      let kibibytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
      return (kibibytes ?? 0) * 1024
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return Int(usage.ru_maxrss)
    #endif
  }
}
