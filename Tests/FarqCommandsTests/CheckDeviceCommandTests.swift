import FarqCore
import Foundation
import Testing

/// `farq check-device` on the processor, whose own operators it then checks.
@Suite struct CheckDeviceCommandTests {
  @Test func theProcessorGivesItsOwnNumbers() throws {
    let result = try FarqProcess(["check-device", "--device", "cpu", "--threads", "1", "--format", "json"]).json()
    #expect(result["passed"] == .bool(true) && result["one_dropout_mask"] == .bool(true))
    let findings = (result["findings"]?.array ?? []).compactMap { $0.object }
    // Seven hybrids and baselines, each in two precisions.
    #expect(findings.count == 16)
    #expect(Set(findings.compactMap { $0["attention"]?.string }) == ["standard", "diff", "diff-v2", "dex", "notebook"])
    for finding in findings {
      let logits = try #require(finding["logits"]?.number)
      let bound = try #require(finding["bound"]?.number)
      #expect(logits > 0 && logits <= bound, "\(finding)")
    }
  }
}
