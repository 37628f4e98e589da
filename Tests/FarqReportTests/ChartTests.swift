import FarqReport
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The charts are drawn through the page, with data that break careless scales.
@Suite("Charts")
struct ChartTests {
  private func page(_ change: (inout RunReport) -> Void) -> String {
    var report = SampleReport.report
    change(&report)
    return ReportPage(report).html
  }

  private func attributes(_ html: String) throws -> [String] {
    let document = try XMLDocument(xmlString: html)
    let path = "//@d|//@x|//@y|//@cx|//@cy|//@r|//@width|//@height|//@x1|//@x2|//@y1|//@y2|//@fill-opacity"
    return try document.nodes(forXPath: path).compactMap(\.stringValue)
  }

  @Test(
    "degenerate curves are drawn with finite coordinates inside the drawing",
    arguments: [[], [.nan], [.infinity], [1], [2, 2, 2], [.nan, 1, .nan, 3], [1e300, -1e300], [0, 1e-300]] as [[Double]]
  )
  func curves(losses: [Double]) throws {
    let html = page { report in
      for index in report.models.indices {
        report.models[index].learningCurve = LearningCurve(
          steps: losses.enumerated().map { StepRecord(step: $0 + 1, loss: $1, learningRate: $1) },
          epochs: losses.enumerated().map {
            EpochRecord(
              epoch: $0, step: $0, metrics: ["test": ["accuracy": .number($1)]],
              lambdas: [LayerLambda(layer: 0, value: $1)])
          })
      }
    }
    for value in try attributes(html) {
      let numbers = value.split { !"0123456789.-".contains($0) }.map { Double($0) }
      #expect(numbers.allSatisfy { $0.map { $0 >= -1 && $0 <= 1000 } ?? false }, "\(value)")
    }
  }

  @Test("degenerate matrices, bins, intervals and histograms are drawn")
  func others() throws {
    let html = page { report in
      report.models[0].confusionMatrix = [[0, 0], [0, 0]]
      report.models[1].confusionMatrix = [[3]]
      report.models[2].confusionMatrix = [[1, 2, 3], [4]]
      report.models[0].labels = []
      report.models[0].reliability = [
        ReliabilityBin(lower: 0, upper: 0, count: 3, confidence: .nan, accuracy: .nan),
        ReliabilityBin(lower: 0.5, upper: 1, count: 1, confidence: 0.5, accuracy: .nan),
        ReliabilityBin(lower: 0.5, upper: 1, count: 1, confidence: .nan, accuracy: 1),
      ]
      report.comparisons[0].delta = 0
      report.comparisons[0].ci95 = ConfidenceInterval(lower: .nan, upper: .nan)
      report.comparisons[2].delta = .nan
      report.data.lengths = LengthHistogram(
        unit: "tokens",
        bins: [HistogramBin(lower: 5, upper: .nan, count: 0), HistogramBin(lower: .nan, upper: 1, count: 9)])
    }
    for value in try attributes(html) { #expect(!value.contains("nan") && !value.contains("inf"), "\(value)") }
    #expect(html.contains("0 of 0 documents are on the diagonal. No confusions."))
  }

  @Test("a long training is thinned without losing its course")
  func thinning() throws {
    let html = page { report in
      report.models[0].learningCurve = LearningCurve(
        steps: (1...20_000).map { StepRecord(step: $0, loss: 20_000 - Double($0)) })
    }
    let document = try XMLDocument(xmlString: html)
    let path = "//*[@id='curve-loss-title']/../*[local-name()='path'][1]/@d"
    let line = try #require(try document.nodes(forXPath: path).first?.stringValue)
    #expect(line.filter { $0 == "L" }.count == 159)
    let words = try document.nodes(forXPath: "//*[@id='curve-loss-desc']").first?.stringValue
    #expect(words?.contains("baseline: from 19\u{202F}999 at 1 to 0 at 20\u{202F}000") == true)
  }

  @Test("the words of a confusion matrix name its greatest confusions")
  func words() throws {
    let html = page { report in
      report.models[0].labels = ["أ", "ب"]
      report.models[0].confusionMatrix = [[5, 3], [1, 7]]
    }
    #expect(
      html.contains(
        "12 of 16 documents are on the diagonal. Most frequent confusions: أ taken for ب (3), ب taken for أ (1)."))
  }
}
