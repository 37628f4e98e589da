import FarqReport
import Testing

@Suite("ClaimWriter")
struct ClaimWriterTests {
  @Test("a difference is claimed only where interval and test agree")
  func agreement() {
    func kind(_ delta: Double, _ lower: Double, _ upper: Double, _ p: Double, holm: Double = .nan) -> ClaimKind? {
      var report = SampleReport.report
      report.comparisons = [
        ModelComparison(
          a: "baseline", b: "diff-25", metric: "accuracy", delta: delta,
          ci95: ConfidenceInterval(lower: lower, upper: upper), mcnemarP: p, mcnemarPHolm: holm)
      ]
      return ClaimWriter(report).claims.first?.kind
    }
    #expect(kind(0.01, 0.002, 0.02, 0.01) == .supported)
    #expect(kind(0.01, 0.002, 0.02, 0.01, holm: 0.06) == .unsupported)
    #expect(kind(0.01, -0.002, 0.02, 0.01) == .unsupported)
    #expect(kind(0.01, -0.002, 0.02, 0.4) == .unsupported)
    #expect(kind(0.01, .nan, .nan, 0.01) == .unsupported)
  }

  @Test("worse is called worse, better is called better, and secondary metrics are not claimed")
  func direction() {
    var report = SampleReport.report
    report.comparisons = [
      ModelComparison(
        a: "baseline", b: "diff-25", metric: "accuracy", delta: -0.01,
        ci95: ConfidenceInterval(lower: -0.02, upper: -0.002),
        mcnemarP: 0.001),
      ModelComparison(
        a: "baseline", b: "diff-25", metric: "macro_f1", delta: 0.01,
        ci95: ConfidenceInterval(lower: 0.002, upper: 0.02)),
      ModelComparison(
        a: "baseline", b: "diff-25", metric: "calibration_error", delta: -0.01,
        ci95: ConfidenceInterval(lower: -0.02, upper: -0.002)),
    ]
    let claims = ClaimWriter(report).claims
    #expect(
      claims[0].statement
        == "diff-25 is worse than baseline in accuracy: −1.00 points, 95\u{202F}% interval −2.00 to −0.20, McNemar p = 0.001."
    )
    #expect(claims[1].statement.hasPrefix("diff-25 is better than baseline in macro F1"))
    #expect(!claims.contains { $0.statement.contains("calibration") }, "only accuracy and macro F1 are claimed")
  }

  @Test("what limits the numbers is said")
  func cautions() {
    var report = SampleReport.report
    report.models[0].selectionSplit = "test"
    report.models[3].metrics["accuracy"] = 0.999
    report.models[1].seed = 42
    report.data.truncatedShare = 0.4
    report.data.splits[2].documents = 70
    let cautions = ClaimWriter(report).claims.filter { $0.kind == .caution }.map(\.statement)
    for part in [
      "as accurate (99.90\u{202F}%) as the best transformer",
      "The epoch of baseline was chosen on the test split itself",
      "one seed", "3 test documents are also in the training split",
      "40\u{202F}% of the documents were cut to 512 tokens",
      "only 70 documents: one of them is 1.43 points",
    ] {
      #expect(cautions.contains { $0.contains(part) }, "\(part) in \(cautions)")
    }
  }

  @Test("a run without faults and comparisons claims nothing")
  func nothing() {
    var report = SampleReport.report
    report.comparisons = []
    report.models = [report.models[0]]
    report.data.leaks = 0
    #expect(ClaimWriter(report).claims.isEmpty)
  }

  @Test("a label that a split lacks limits the numbers")
  func missingLabels() {
    func cautions(_ counts: [(String, Int, Int)]) -> [String] {
      var report = SampleReport.report
      report.data.splits = [("train", 5), ("test", 5)].enumerated().map { index, split in
        SplitReport(
          name: split.0, documents: 1000,
          labels: counts.map { LabelCount(label: $0.0, count: index == 0 ? $0.1 : $0.2) })
      }
      return ClaimWriter(report).claims.filter { $0.kind == .caution }.map(\.statement).filter {
        $0.contains("no document of")
      }
    }
    #expect(cautions([("x", 5, 5), ("y", 5, 5)]).isEmpty)
    let both = cautions([("x", 5, 0), ("y", 5, 5), ("z", 0, 2)])
    #expect(both.count == 2)
    #expect(both[0].hasPrefix("The training split has no document of “z”: no model could learn it"))
    #expect(both[1].hasPrefix("The test split has no document of “x”"))
  }
}
