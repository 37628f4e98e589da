import FarqServer
import Foundation
import Logging
import Testing

@Suite struct LogLinesTests {
  private let time = Date(timeIntervalSince1970: 1_800_000_000)
  private let metadata: Logger.Metadata = [
    "status": .stringConvertible(200), "ms": .stringConvertible(1.5), "path": "/a b\n{\"x\"}",
  ]

  /// One line whatever a caller wrote, and numbers are numbers.
  @Test func json() throws {
    let line = LogLines.line(.json, time, .info, "request", metadata)
    #expect(!line.contains("\n"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["status"] as? Int == 200 && object["ms"] as? Double == 1.5)
    #expect(object["path"] as? String == "/a b\n{\"x\"}" && object["level"] as? String == "info")
    #expect(object["time"] as? String == "2027-01-15T08:00:00Z")
  }

  @Test func text() {
    let line = LogLines.line(.text, time, .warning, "request", metadata)
    #expect(line == #"2027-01-15T08:00:00Z warning request ms=1.5 path="/a b\n{\"x\"}" status=200"#)
  }
}

@Suite struct APIKeyTests {
  @Test func acceptsItself() throws {
    let key = try #require(APIKey("secret-1"))
    #expect(key.accepts("Bearer secret-1") && key.accepts("bearer secret-1"))
    for wrong in [
      nil, "", "Bearer", "Bearer ", "Bearer secret-", "Bearer secret-11", "Bearer secret-2", "Basic secret-1",
      "secret-1", "Bearer secret-1secret-1",
    ] {
      #expect(!key.accepts(wrong), "\(wrong ?? "nothing")")
    }
  }

  @Test func refusesWhatNoHeaderHolds() {
    #expect(APIKey("") == nil && APIKey("a b") == nil && APIKey("مفتاح") == nil && APIKey("a\r\nX: 1") == nil)
  }
}
