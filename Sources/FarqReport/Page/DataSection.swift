/// What the models saw: splits, labels, lengths, duplicates, encodings.
struct DataSection: Sendable {
  /// The data.
  let data: DataReport
  /// What distinguishes several such sections of a page; empty for one alone.
  var suffix = ""

  /// The section.
  var markup: Markup {
    var content = [facts]
    content += data.cleaning.map { record in
      PageParts.paragraph(
        "\(record.summary) (fingerprint \(record.fingerprintBefore.prefix(12)) → \(record.fingerprintAfter.prefix(12)))"
      )
    }
    content += data.warnings.map { PageParts.paragraph($0, style: "warning") }
    let figures = [splits, lengths].compactMap { $0 }
    if !figures.isEmpty { content.append(PageParts.grid(figures)) }
    let title = suffix.isEmpty ? "Data" : "Data of \(suffix)"
    return PageParts.section(PageParts.identifier("data", suffix), title, content)
  }

  private var facts: Markup {
    let encodings = data.encodings.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) (\(Formatted.integer($0.value)))" }
    let truncated = data.truncatedShare.isFinite ? Formatted.percent(data.truncatedShare, 1) : nil
    let length = data.maxLength.map { " (longer than \($0) tokens)" } ?? ""
    let long = data.longShare.map { share in
      "\(Formatted.percent(share, 1)) of the documents; kept of them: \(data.long ?? "head")"
    }
    return PageParts.terms([
      ("Data set", data.name), ("Fingerprint", data.fingerprint),
      ("Documents cut", truncated.map { $0 + length }), ("Longer documents", long),
      ("Duplicates within training", data.duplicates.map { Formatted.integer($0) }),
      ("Test texts also in training", data.leaks.map { Formatted.integer($0) }),
      ("Encodings", encodings.joined(separator: ", ")),
    ])
  }

  private var splits: Markup? {
    guard !data.splits.isEmpty else { return nil }
    var labels: [String] = []
    for split in data.splits {
      for entry in split.labels where !labels.contains(entry.label) { labels.append(entry.label) }
    }
    var rows = labels.map { label in
      [PageParts.label(label)]
        + data.splits.map { split in
          let count = split.labels.first { $0.label == label }?.count ?? 0
          return Markup(Formatted.integer(count))
        }
    }
    rows.append([.tag("b", [:], "all")] + data.splits.map { .tag("b", [:], Markup(Formatted.integer($0.documents))) })
    let table = PageTable(
      caption: "Documents by label and split",
      columns: [.init(title: "Label", isNumeric: false)] + data.splits.map { .init(title: $0.name) }, rows: rows)
    return PageParts.figure("Documents by label and split", table.markup)
  }

  private var lengths: Markup? {
    guard let lengths = data.lengths, !lengths.bins.isEmpty else { return nil }
    let limit = lengths.unit == "tokens" ? data.maxLength : nil
    let chart = HistogramChart(
      id: PageParts.identifier("lengths", suffix), title: "Lengths of the documents",
      xTitle: "\(lengths.unit) a document", bins: lengths.bins,
      limit: limit.map { (Double($0), "cut at \($0)") })
    let summary =
      "mean \(Formatted.short(lengths.mean)), median \(Formatted.short(lengths.median)), longest "
      + "\(Formatted.short(lengths.maximum)) \(lengths.unit)"
    return PageParts.figure(
      "Lengths of the documents", chart.markup, PageParts.paragraph(summary))
  }
}
