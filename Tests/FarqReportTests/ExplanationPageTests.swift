import FarqReport
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("ExplanationPage")
struct ExplanationPageTests {
  /// «قال وزير» as [CLS] قال وز ##ير [SEP].
  private static func report(text: String = "قال وزير") -> ExplanationReport {
    let rows: [[Float]] = (0..<5).map { row in (0..<5).map { row == $0 ? 0.6 : 0.1 } }
    let difference = rows.map { $0.map { $0 - 0.2 } }
    return ExplanationReport(
      model: "diff-50", farqVersion: "0", text: text,
      probabilities: [
        LabelProbability(label: "رياضة", probability: 0.25, logit: -1),
        LabelProbability(label: "سياسة", probability: 0.75, logit: 0.1),
      ],
      label: "سياسة",
      attribution: AttributionReport(
        method: "integrated gradients", logOdds: 1.1, neutralLogOdds: -0.4, neutralToken: "[MASK]", sum: 1.499,
        error: 0.001, points: 16),
      tokens: [
        ExplainedToken(piece: "[CLS]", start: 0, end: 0, isContinuation: false, attribution: 0),
        ExplainedToken(piece: "قال", start: 0, end: 6, isContinuation: false, attribution: -0.5),
        ExplainedToken(piece: "وز", start: 7, end: 11, isContinuation: false, attribution: 1.5),
        ExplainedToken(piece: "##ير", start: 11, end: 15, isContinuation: true, attribution: 0.499),
        ExplainedToken(piece: "[SEP]", start: 15, end: 15, isContinuation: false, attribution: 0),
      ], tokenCount: 5,
      head: HeadReport(
        layer: 1, head: 0, headCount: 2, summary: "A differential head.", first: rows, second: rows,
        combined: difference, lambda: [0.4]),
      layers: [
        LayerReport(
          layer: 0, attention: "standard", differentialHeads: 0, lambda: [], lambdaKind: nil, lambdaInit: nil),
        LayerReport(
          layer: 1, attention: "diff", differentialHeads: 4, lambda: [0.4], lambdaKind: .layer, lambdaInit: 0.356),
      ])
  }

  private func document(_ report: ExplanationReport) throws -> XMLDocument {
    try XMLDocument(xmlString: ExplanationPage(report).html)
  }

  /// An attribute's value; `attribute(forName:)` of Foundation on Linux finds none in an element with a namespace.
  private func attribute(_ name: String, _ node: XMLNode) throws -> String? {
    try node.nodes(forXPath: "@\(name)").first?.stringValue
  }

  @Test("the words of a right-to-left text are marked, pieces of a word together")
  func words() throws {
    let marks = try document(Self.report()).nodes(forXPath: "//*[@dir='rtl']/*[local-name()='mark']")
    #expect(marks.map(\.stringValue) == ["قال", "وزير"])
    let styles = try marks.compactMap { try attribute("class", $0) }
    #expect(styles == ["against k2", "for k5"])
    #expect(try attribute("title", marks[1]) == "+1.999")
  }

  @Test("three maps, columns from right to left, continuations joined by a stroke")
  func maps() throws {
    let document = try document(Self.report())
    let drawings = try document.nodes(forXPath: "//*[local-name()='svg'][@role='img']")
    #expect(drawings.count == 3)
    let labels = try drawings[0].nodes(forXPath: "*[local-name()='text'][@transform]")
    #expect(labels.compactMap(\.stringValue).contains("\u{2068}ـير\u{2069}"))
    let places = try labels.compactMap { try attribute("x", $0) }.compactMap(Double.init)
    #expect(places.count == 5 && places == places.sorted(by: >))
    #expect(try drawings[2].nodes(forXPath: "*[@class='less']").count == 1)
    #expect(try drawings[0].nodes(forXPath: "*[@class='less']").isEmpty)
  }

  @Test("a left-to-right text keeps its direction")
  func leftToRight() throws {
    var report = Self.report(text: "one two")
    report.tokens[3] = ExplainedToken(piece: "##o", start: 6, end: 7, isContinuation: true, attribution: 0.2)
    let document = try document(report)
    #expect(try document.nodes(forXPath: "//*[@id='words']//*[@dir='ltr']").count == 1)
    let labels = try document.nodes(forXPath: "(//*[local-name()='svg'][@role='img'])[1]/*[@transform]")
    let places = try labels.compactMap { try attribute("x", $0) }.compactMap(Double.init)
    #expect(places == places.sorted())
  }

  @Test("of a long text the strongest tokens are shown, and what was not read is said")
  func long() throws {
    var report = Self.report(text: String(repeating: "كلمة ", count: 100))
    report.tokens = (0..<60).map {
      ExplainedToken(
        piece: "كلمة", start: max(0, $0 - 1) * 9, end: max(0, $0 - 1) * 9 + ($0 == 0 ? 0 : 8), isContinuation: false,
        attribution: $0 >= 40 ? 1 : 0.001)
    }
    report.tokenCount = 102
    report.head.first = Array(repeating: Array(repeating: 1.0 / 60, count: 60), count: 60)
    report.head.second = nil
    let document = try document(report)
    let rows = try document.nodes(forXPath: "//*[local-name()='svg'][@role='img']/*[local-name()='text'][@transform]")
    #expect(rows.count == 32)
    let words = try document.nodes(forXPath: "//*[local-name()='main']")[0].stringValue ?? ""
    #expect(words.contains("Of 60 tokens the 32 with the strongest attribution"))
    #expect(words.contains("53\u{202F}% of the first map"))
    #expect(words.contains("the first 60 of 102 tokens"))
    #expect(try document.nodes(forXPath: "//*[@class='unread']").count == 1)
  }

  @Test("hostile text stays text; the page holds no script and refers to no other file")
  func hostile() throws {
    let hostile = "</title><script>alert(1)</script>\u{0}\"'&<b onclick=x>"
    var report = Self.report(text: hostile)
    report.label = hostile
    report.model = hostile
    report.probabilities[0].label = hostile
    report.tokens[0].piece = hostile
    report.head.summary = hostile
    report.tokens[2].end = 4000
    let html = ExplanationPage(report).html
    _ = try XMLDocument(xmlString: html)
    for word in ["<script", "<b onclick", "src=", "url(", "@import", "<link"] {
      #expect(!html.contains(word), "\(word)")
    }
    let document = try document(Self.report())
    let identifiers = try document.nodes(forXPath: "//@id").compactMap(\.stringValue)
    #expect(Set(identifiers).count == identifiers.count)
  }

  @Test("numbers that are not finite make no broken page")
  func notFinite() throws {
    var report = Self.report()
    report.tokens[1].attribution = .nan
    report.head.combined[0][0] = .infinity
    report.head.first = []
    _ = try document(report)
  }
}
