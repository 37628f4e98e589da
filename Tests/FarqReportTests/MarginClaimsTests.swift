import FarqReport
import Foundation
import Testing

@Suite struct MarginClaimsTests {
  private func claims(
    _ lower: Double, _ upper: Double, seeds: Int = 5, documents: Int? = 9000, seedsNeeded: Int? = nil
  ) -> [Claim] {
    var report = SampleReport.report
    report.comparisons = [
      ModelComparison(
        a: "baseline", b: "diff-50", metric: "accuracy", delta: (lower + upper) / 2,
        ci95: ConfidenceInterval(lower: lower, upper: upper),
        margin: MarginRecord(
          margin: 0.003, ci95: ConfidenceInterval(lower: lower, upper: upper), seeds: seeds,
          isNotWorse: lower > -0.003, isEquivalent: lower > -0.003 && upper < 0.003, notWorseP: 0.004,
          equivalenceP: 0.012, documentsNeeded: documents, seedsNeeded: seedsNeeded))
    ]
    return ClaimWriter(report).claims.filter { $0.statement.contains("0.3 points") }
  }

  @Test func claimsWhatTheIntervalShows() throws {
    let notWorse = try #require(claims(-0.002, 0.006).first)
    #expect(notWorse.kind == .supported)
    #expect(
      notWorse.statement.hasPrefix("diff-50 is not worse than baseline in accuracy by more than 0.3 points: +0.20"))
    #expect(notWorse.statement.contains("over 5 seeds and the documents −0.20 to +0.60, p = 0.004"))
    let equivalent = try #require(claims(-0.002, 0.002).first)
    #expect(equivalent.kind == .supported)
    #expect(equivalent.statement.hasPrefix("diff-50 and baseline are equivalent in accuracy within 0.3 points: 0.00"))
    #expect(equivalent.statement.contains("p = 0.012"))
    #expect(claims(-0.002, 0.002).count == 1, "what is shown needs no more documents")
  }

  @Test func tellsWhatIsMissing() {
    let wide = claims(-0.004, 0.001, seedsNeeded: 12)
    #expect(wide.map(\.kind) == [.unsupported, .caution])
    #expect(wide[0].statement.contains("is not shown to be within 0.3 points"))
    #expect(wide[1].statement.contains("documents with these 5 seeds, or 12 seeds with these documents"))
    #expect(claims(-0.004, 0.001, documents: nil).last?.statement.contains("more seeds and more documents") == true)
  }

  @Test func oneSeedClaimsNothing() {
    let claims = claims(-0.001, 0.001, seeds: 1)
    #expect(claims.map(\.kind) == [.unsupported])
    #expect(claims[0].statement.contains("With the one seed trained") && claims[0].statement.contains("train several"))
  }

  /// A report with a margin reads back equal to itself.
  @Test func theRecordReadsBack() throws {
    let record = MarginRecord(
      margin: 0.003, ci95: ConfidenceInterval(lower: -0.1, upper: 0.1), seeds: 2, isNotWorse: false,
      isEquivalent: false,
      notWorseP: .nan, equivalenceP: 0.5, documentsNeeded: nil, seedsNeeded: 3)
    let data = try JSONEncoder().encode(record)
    #expect(try JSONDecoder().decode(MarginRecord.self, from: data) == record)
    #expect(String(decoding: data, as: UTF8.self).contains("\"not_worse\":false"))
  }
}
