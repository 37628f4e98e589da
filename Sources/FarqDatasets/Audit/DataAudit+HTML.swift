import Foundation

extension DataAudit {
  /// The audit as one self-contained HTML page with drawn histograms, for light and dark screens.
  public var html: String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Farq: what is in the data</title><style>\(HTMLPage.style)</style></head><body><main>
    <h1>What is in the data</h1>
    <p>\(documents) documents, \(labels.count) labels. Fingerprint <code>\(fingerprint)</code></p>
    \(warnings.map { "<p class=\"warning\">\(HTMLPage.escaped($0))</p>" }.joined(separator: "\n"))
    <h2>Documents of each label</h2>\(countTableHTML)
    <h2>Length in words</h2>\(lengthHTML(words, unit: "words"))
    \(tokens.map { "<h2>Length in tokens</h2>" + lengthHTML($0, unit: "tokens") } ?? "")
    <h2>Findings</h2>\(findingsHTML)
    \(examplesHTML)
    </main></body></html>

    """
  }

  private var countTableHTML: String {
    let largest = splits.flatMap { $0.labels.values }.max() ?? 1
    let header = splits.map { "<th>\(HTMLPage.escaped($0.split))</th>" }.joined()
    let rows = labels.map { label in
      let cells = splits.map { split in
        let count = split.labels[label] ?? 0
        let width = String(format: "%.1f", 90 * Double(count) / Double(max(largest, 1)))
        return "<td><span class=\"bar\" style=\"width:\(width)%\"></span><span>\(count)</span></td>"
      }
      return "<tr><th dir=\"auto\">\(HTMLPage.escaped(label))</th>\(cells.joined())</tr>"
    }
    let sums = splits.map { "<td>\($0.documents)</td>" }.joined()
    return HTMLPage.table("<tr><th>label</th>\(header)</tr>\(rows.joined())<tr><th>all</th>\(sums)</tr>")
  }

  private func lengthHTML(_ summary: LengthSummary?, unit: String) -> String {
    guard let summary else { return "<p>none</p>" }
    return "<p>\(HTMLPage.escaped(Self.line(summary)))</p>" + HTMLPage.histogram(summary, unit: unit)
  }

  private var findingsHTML: String {
    var rows = [
      ("equal texts", Self.line(exactDuplicates)),
      ("near duplicates (similarity from \(nearThreshold))", Self.line(nearDuplicates)),
    ]
    rows += leaks.map {
      ("leaks \($0.border)", "\($0.exact) equal and \($0.near) near, \(Self.percent($0.share)) of the measuring side")
    }
    rows += [
      ("under two labels", "\(contradictions.exact) equal texts and \(contradictions.near) near pairs"),
      (
        "marks of the source",
        "\(markers.headings) with Title/Body lines, \(markers.bylines) with a byline, \(markers.credits) with a credit"
      ),
      ("encodings", encodingList), ("without text", String(emptyDocuments.count)),
      ("without label", String(unlabelledDocuments)),
    ]
    let body = rows.map { "<tr><th>\(HTMLPage.escaped($0))</th><td>\(HTMLPage.escaped($1))</td></tr>" }
    return HTMLPage.table(body.joined())
  }

  private var examplesHTML: String {
    let lists =
      leaks.map { ("Leaks \($0.border)", $0.examples) }
      + [
        ("Equal texts", exactDuplicates.examples), ("Near duplicates", nearDuplicates.examples),
        ("Under two labels", contradictions.examples),
      ]
    return lists.filter { !$0.1.isEmpty }.map { title, pairs in
      let rows = pairs.map { pair in
        "<tr><td dir=\"auto\">\(HTMLPage.escaped(pair.first))</td><td dir=\"auto\">\(HTMLPage.escaped(pair.second))</td>"
          + "<td>\(String(format: "%.2f", pair.similarity))</td></tr>"
      }
      return "<h2>\(title): examples</h2>" + HTMLPage.table(rows.joined())
    }.joined(separator: "\n")
  }
}
