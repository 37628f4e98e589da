import FarqCore
import FarqTesting
import Foundation
@preconcurrency import Glibc
import Synchronization

/// A running `farq serve` with a small trained model.
final class ServerProcess: Sendable {
  let port: Int
  private let process: Process
  private let log: URL

  /// Trains a model of the sample corpus' seven labels in seconds; it knows little.
  static func train(into folder: URL, attention: [String] = []) throws {
    let trained = try FarqProcess(
      [
        "train", "--layers", "2", "--heads", "2", "--hidden-size", "16", "--vocabulary-size", "300", "--max-length",
        "32",
        "--train-limit", "2", "--steps", "2", "--threads", "1", "--output", folder.path,
      ] + attention)
    guard trained.status == 0 else { throw FarqError(.fault, trained.errors) }
  }

  /// Starts the server and waits until it listens.
  init(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) async throws {
    log = folder.appendingPathComponent("server-\(UUID().uuidString).log")
    try Data().write(to: log)
    process = Process()
    process.executableURL = FarqProcess.executable
    process.arguments = ["serve", "--port", "0", "--threads", "1", "--log-format", "json"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: log)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let end = ContinuousClock.now + .seconds(60)
    var found: Int?
    while found == nil, ContinuousClock.now < end, process.isRunning {
      try await Task.sleep(for: .milliseconds(20))
      let text = try String(contentsOf: log, encoding: .utf8)
      found = text.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)\//).flatMap { Int($0.1) }
    }
    guard let found else { throw FarqError(.fault, "no server: \(try String(contentsOf: log, encoding: .utf8))") }
    port = found
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// What was logged so far.
  var logged: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

  var isRunning: Bool { process.isRunning }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits for the end, at most `seconds`; nil where it goes on.
  func status(within seconds: Int) async throws -> Int32? {
    let end = ContinuousClock.now + .seconds(seconds)
    while process.isRunning, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
    return process.isRunning ? nil : process.terminationStatus
  }

  /// Asks over a connection of its own.
  func ask(
    _ method: String, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
  ) async throws -> HTTPAnswer {
    let port = port
    return try await Task.detached {
      let socket = try Socket(port: port)
      var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
      for (name, value) in headers { head += "\(name): \(value)\r\n" }
      if let body {
        if headers["Content-Type"] == nil { head += "Content-Type: application/json\r\n" }
        head += "Content-Length: \(body.utf8.count)\r\n"
      }
      socket.send(head + "\r\n" + (body ?? ""))
      return try HTTPAnswer(socket.readAll())
    }.value
  }
}

/// A plain connection to a port of this machine, for requests that no client library would send.
final class Socket: Sendable {
  private let descriptor: Int32

  init(port: Int, timeout: Int = 20) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: timeout, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw FarqError(.unavailable, "no connection to port \(port)") }
  }

  deinit { close(descriptor) }

  /// Sends all of a text; false where the other side has gone.
  @discardableResult func send(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Everything until the other side closes, or stays silent.
  func readAll() -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &piece, piece.count, 0)
      guard count > 0 else { return bytes }
      bytes += piece[..<count]
    }
  }

  /// Closes with a reset.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    shutdown(descriptor, Int32(SHUT_RD))
  }
}

/// An answer as it came.
struct HTTPAnswer: Sendable {
  let status: Int
  let headers: [String: String]
  let body: String

  init(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { throw FarqError(.fault, "no answer: \(text)") }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw FarqError(.fault, "no status: \(lines[0])")
    }
    self.status = status
    headers = Dictionary(
      lines.dropFirst().compactMap { line in
        line.range(of: ": ").map { (line[..<$0.lowerBound].lowercased(), String(line[$0.upperBound...])) }
      }, uniquingKeysWith: { first, _ in first })
    body = String(text[end.upperBound...])
  }

  func json() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: Data(body.utf8)) }

  /// The error's line and kind.
  func error() throws -> (message: String, kind: String) {
    let object = try json().object
    return (object?["error"]?.string ?? "", object?["error_type"]?.string ?? "")
  }
}
