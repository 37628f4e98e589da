import FarqCore
import FarqModels
import FarqTesting
import Foundation
import Testing

/// Every hybrid that can be, against the plain restatement, which runs beside the test.
@Suite struct EveryCaseTests {
  /// Variants and pairings × layers and heads × 25 % and 50 % of 4, 8 and 12 × every placement.
  @Test(.enabled(if: PeerPython.executable != nil, PeerPython.absence))
  func givesThePeersNumbers() throws {
    let folder = try TemporaryFolder()
    try PeerPython.run("make_all_cases.py", folder.url)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    // 5 variants × 3 sizes × 2 ratios × 5 placements; by heads, pairs need an even number.
    #expect(names.count == 150 + 4 * 6 + 4)
    for name in names {
      let hybrid = try Hybrid(Expected(url: folder.file(name)))
      try hybrid.expectPeersNumbers()
      try hybrid.expectPeersNumbers(isPlain: true)
      try hybrid.expectPaddingToChangeNothing(isPlain: false)
      #expect(try hybrid.requestedPlan() == hybrid.configuration.plan, "\(name)")
    }
  }
}
