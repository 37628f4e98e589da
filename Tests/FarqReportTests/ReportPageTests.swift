import FarqReport
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("ReportPage")
struct ReportPageTests {
  @Test("the page is well-formed")
  func wellFormed() throws {
    try check(ReportPage(SampleReport.report).html)
    let set = RunSet([
      NamedRun(name: "a", report: SampleReport.report), NamedRun(name: "a", report: SampleReport.report),
    ])
    try check(#require(ReportPage(set)).html)
  }

  @Test("a page of almost nothing is well-formed")
  func least() throws {
    let report = RunReport(
      models: [], data: DataReport(name: "", fingerprint: ""),
      environment: EnvironmentReport(farqVersion: "", date: "", commandLine: ""))
    try check(ReportPage(report).html)
  }

  @Test("hostile text stays text")
  func escaping() throws {
    let hostile = "</title><script>alert(1)</script>\u{0}\u{8}\"'&<b onclick=x>"
    var report = SampleReport.report
    report.title = hostile
    report.data.name = hostile
    report.data.warnings = [hostile]
    report.data.splits[0].labels[0].label = hostile
    report.environment.commandLine = hostile
    report.models[1].name = hostile
    report.models[0].labels[0] = hostile
    report.models[0].labelScores[0].label = hostile
    report.models[0].mistakes[0].text = hostile
    report.models[0].mistakes[0].target = hostile
    report.models[0].mistakes[0].id = hostile
    report.claims = [Claim(kind: .caution, statement: hostile)]
    let html = ReportPage(report).html
    try check(html)
    #expect(!html.contains("<script"))
    #expect(!html.contains("<b onclick"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  @Test("the page refers to no other file and holds no script")
  func selfContained() {
    let html = ReportPage(SampleReport.report).html
    for word in ["src=", "url(", "@import", "<link", "<script", "javascript:"] {
      #expect(!html.contains(word), "\(word)")
    }
    let withoutNamespaces = html.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
      .replacingOccurrences(of: "http://www.w3.org/1999/xhtml", with: "")
    #expect(!withoutNamespaces.contains("http://"))
    #expect(!withoutNamespaces.contains("https://"))
  }

  @Test("identifiers are unique, every link and description has its target")
  func identifiers() throws {
    let two = RunSet(["a b", "a_b"].map { NamedRun(name: $0, report: SampleReport.report) })
    for html in [ReportPage(SampleReport.report).html, try #require(ReportPage(two)).html] {
      try checkIdentifiers(html)
    }
  }

  private func checkIdentifiers(_ html: String) throws {
    let document = try XMLDocument(xmlString: html)
    let identifiers = try document.nodes(forXPath: "//@id").compactMap(\.stringValue)
    #expect(Set(identifiers).count == identifiers.count)
    #expect(identifiers.allSatisfy { !$0.contains(" ") })
    for link in try document.nodes(forXPath: "//*[local-name()='a']/@href").compactMap(\.stringValue) {
      #expect(identifiers.contains(String(link.dropFirst())), "\(link)")
    }
    let drawings = try document.nodes(forXPath: "//*[local-name()='svg'][@role='img']")
    #expect(drawings.count > 15)
    for drawing in drawings {
      let words = try drawing.nodes(forXPath: "*[local-name()='title' or local-name()='desc']")
      #expect(words.count == 2)
      #expect(words.allSatisfy { ($0.stringValue ?? "").count > 3 })
    }
  }

  @Test("texts of mistakes run from right to left")
  func direction() throws {
    let document = try XMLDocument(xmlString: ReportPage(SampleReport.report).html)
    let texts = try document.nodes(forXPath: "//*[local-name()='p'][@dir='rtl'][@lang='ar']")
    #expect(texts.count == 12)
    #expect(texts[0].stringValue?.hasPrefix("أعلنت مكتبة") == true)
  }

  @Test("a comparison the other way round is turned")
  func turned() throws {
    var report = SampleReport.report
    report.comparisons = [
      ModelComparison(
        a: "diff-25", b: "baseline", metric: "accuracy", delta: -0.0031,
        ci95: ConfidenceInterval(lower: -0.0057, upper: -0.0004), mcnemarP: 0.011)
    ]
    let html = ReportPage(report).html
    #expect(html.contains("<b>+0.31 *</b><span class=\"interval\">+0.04 to +0.57</span>"))
    #expect(html.contains("diff-25: +0.31, from +0.04 to +0.57."))
  }

  @Test("the headline table says what the report says")
  func numbers() throws {
    let rows = try rows(of: "results", in: ReportPage(SampleReport.report).html)
    try #require(rows.count > 1)
    let text = rows[1].stringValue ?? ""
    for part in ["diff-25", "98.60\u{202F}%", "98.09 to 99.07", "+0.31 *", "+0.04 to +0.57", "0.033", "135.2\u{202F}M"]
    {
      #expect(text.contains(part), "\(part) in \(text)")
    }
  }

  @Test("several seeds of a configuration are one row, one colour and one chart")
  func seeds() throws {
    var report = SampleReport.report
    report.title = nil
    var again = report.models[1]
    again.name = "diff-25-seed-43"
    again.seed = 43
    again.metrics["accuracy"] = 0.9854
    report.models.append(again)
    report.comparisons[0].pooledSeeds = 2
    let html = ReportPage(report).html
    try check(html)
    try checkIdentifiers(html)
    let rows = try rows(of: "results", in: html)
    #expect(rows.count == 4)
    let text = rows[1].stringValue ?? ""
    for part in ["98.57\u{202F}% ± 0.09", "98.35 to 98.79", "+0.31 *"] { #expect(text.contains(part), "\(part)") }
    #expect(html.contains("Comparison of 4 models over 2 seeds"))
    #expect(html.contains("pools 2 seeds"))
  }

  @Test("every pair stands in a table with all its metrics")
  func pairs() throws {
    let rows = try rows(of: "pairs", in: ReportPage(SampleReport.report).html)
    #expect(rows.count == 3)
    #expect(rows[0].stringValue?.hasPrefix("diff-25 − baseline") == true)
    for part in ["0.011", "0.033", "+0.31", "+0.04 to +0.57", "+0.34"] {
      #expect(rows[0].stringValue?.contains(part) == true, "\(part)")
    }
  }

  /// The rows of a section's first table and of any further one, in their order.
  private func rows(of section: String, in html: String) throws -> [XMLNode] {
    try XMLDocument(xmlString: html)
      .nodes(forXPath: "//*[@id='\(section)']//*[local-name()='tbody']/*[local-name()='tr']")
  }

  private func check(_ html: String) throws {
    let parser = XMLParser(data: Data(html.utf8))
    let isWellFormed = parser.parse()
    #expect(isWellFormed, "line \(parser.lineNumber): \(String(describing: parser.parserError))")
  }
}
