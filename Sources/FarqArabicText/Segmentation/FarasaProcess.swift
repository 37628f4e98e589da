import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A running `java -jar FarasaSegmenterJar.jar`, which answers each line with a line.
final class FarasaProcess {
  /// What went wrong, in a few words.
  struct Problem: Error {
    let words: String
  }

  private let process = Process()
  private let socket: Int32
  /// Bytes that came behind the last answer's line end.
  private var rest: [UInt8] = []
  /// An answer is a little longer than its question; much more is garbage.
  private static let mostBytes = 1 << 20

  /// Starts the process.
  init(_ options: FarasaOptions) throws(Problem) {
    guard let java = options.java ?? Self.java() else { throw Problem(words: "found no Java") }
    // One socket is the process's standard input and output: unlike a pipe it can be written to without SIGPIPE.
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Self.streamType, 0, &ends) == 0 else {
      throw Problem(words: "could not be connected (\(String(cString: strerror(errno))))")
    }
    socket = ends[0]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    let handle = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    process.executableURL = java
    process.arguments = [
      "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-XX:+UseSerialGC", "-jar", options.jar.path,
    ]
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      close(socket)
      throw Problem(words: "could not be started (\(error.localizedDescription))")
    }
    try? handle.close()
  }

  /// Sends a line and waits for its answer.
  func answer(to line: String, timeout: Double) throws(Problem) -> String {
    guard rest.isEmpty else { throw Problem(words: "answered without being asked") }
    let deadline = ContinuousClock.now + .seconds(timeout)
    var question = Array((line + "\n").utf8)[...]
    while true {
      if let end = rest.firstIndex(of: 10) {
        let bytes = rest[..<end]
        rest.removeSubrange(...end)
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw Problem(words: "answered with bytes that are no UTF-8")
        }
        return text
      }
      guard rest.count < Self.mostBytes else { throw Problem(words: "answered without end") }
      try wait(forRoom: !question.isEmpty, until: deadline, timeout)
      try send(&question)
      try receive()
    }
  }

  /// Kills the process, if it runs still.
  func end() {
    close(socket)
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  private func wait(forRoom: Bool, until deadline: ContinuousClock.Instant, _ timeout: Double) throws(Problem) {
    let left = (deadline - .now) / .milliseconds(1)
    guard left > 0 else { throw Problem(words: "did not answer within \(timeout) seconds") }
    var entry = pollfd(fd: socket, events: Int16(POLLIN) | (forRoom ? Int16(POLLOUT) : 0), revents: 0)
    _ = poll(&entry, 1, Int32(min(left.rounded(.up), 1e9)))
  }

  private func send(_ question: inout ArraySlice<UInt8>) throws(Problem) {
    guard !question.isEmpty else { return }
    let count = question.withUnsafeBytes { Self.send(socket, $0) }
    if count > 0 { question.removeFirst(count) }
    if count < 0, errno != EAGAIN, errno != EINTR { throw Problem(words: "ended by itself") }
  }

  private func receive() throws(Problem) {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    let count = recv(socket, &buffer, buffer.count, 0)
    if count > 0 { rest += buffer[..<count] }
    if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { throw Problem(words: "ended by itself") }
  }

  #if os(Linux)
    private static let streamType = Int32(SOCK_STREAM.rawValue)
    private static func send(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
      Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    }
  #else
    private static let streamType = SOCK_STREAM
    private static func send(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
      var isOn: Int32 = 1
      setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
      return Darwin.send(socket, bytes.baseAddress, bytes.count, 0)
    }
  #endif

  static func java() -> URL? {
    let environment = ProcessInfo.processInfo.environment
    let home = environment["JAVA_HOME"].map { ["\($0)/bin"] } ?? []
    let folders = home + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { URL(fileURLWithPath: $0).appendingPathComponent("java") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
