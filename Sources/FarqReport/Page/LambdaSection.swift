/// λ of each differential layer over the training.
struct LambdaSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where no model has a λ.
  var markup: Markup {
    let figures = StyledModel.firsts(of: report).compactMap(figure)
    guard !figures.isEmpty || shares != .empty else { return .empty }
    let note = PageParts.paragraph(
      "How much of the second attention map each differential layer takes away, epoch by epoch (epoch 0 is before training)."
        + StyledModel.seedNote(of: report))
    return PageParts.section("lambda", "λ of the differential layers", [note, PageParts.grid(figures), shares])
  }

  /// What is really taken away once trained, layer by layer.
  private var shares: Markup {
    let rows = StyledModel.firsts(of: report).flatMap { entry in
      (entry.model.attentionPlan?.subtracted ?? []).map { share -> [Markup] in
        [
          entry.name, Markup("\(share.layer)"), Markup(Formatted.fixed(share.lambda, 3)),
          Markup(Formatted.percent(share.taken, 1)),
        ]
      }
    }
    guard !rows.isEmpty else { return .empty }
    let columns = ["Layer", "Mean |λ|", "Taken away"].map { PageTable.Column(title: $0) }
    return PageTable(
      caption: "What the second map takes away from the first: ‖λ A₂ v‖ / ‖A₁ v‖ over test documents",
      hidesCaption: false,
      columns: [.init(title: "Model", isNumeric: false)] + columns, rows: rows, isCards: true
    ).markup
  }

  private func figure(_ entry: StyledModel) -> Markup? {
    let epochs = entry.model.learningCurve?.epochs ?? []
    let keys = Set(epochs.flatMap { $0.lambdas.map { LayerKey(stack: $0.stack, layer: $0.layer) } })
    guard !keys.isEmpty else { return nil }
    let isMixed = Set(keys.map(\.stack)).count > 1
    let series = keys.sorted().enumerated().map { index, key in
      let points = epochs.compactMap { epoch in
        epoch.lambdas.first { $0.layer == key.layer && $0.stack == key.stack }
          .map { ChartPoint(x: Double(epoch.epoch), y: $0.value) }
      }
      return ChartSeries(
        name: (isMixed ? "\(key.stack) " : "") + "layer \(key.layer)", points: points, style: index)
    }
    let title = "λ of \(entry.model.name)"
    let frame = ChartFrame(id: "lambda-\(entry.style)", title: title, description: "")
    let chart = LineChart(frame: frame, xTitle: "epoch", yTitle: "λ", series: series, dots: true)
    return PageParts.figure(entry.name, chart.markup, PageParts.legend(series.map { ($0.name, $0.style) }))
  }

  /// A layer of a stack.
  private struct LayerKey: Hashable, Comparable {
    let stack: String
    let layer: Int

    static func < (left: LayerKey, right: LayerKey) -> Bool {
      (right.stack, left.layer) < (left.stack, right.layer)
    }
  }
}
