import FarqMetrics

/// Learning curves of all models, and which epoch was kept.
struct TrainingSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where no model has a curve.
  var markup: Markup {
    let models = StyledModel.all(of: report).filter { $0.model.learningCurve != nil }
    let charts = stepCharts(models) + epochCharts(models)
    guard !charts.isEmpty else { return .empty }
    let legend = PageParts.legend(
      StyledModel.firsts(of: report).filter { $0.model.learningCurve != nil }
        .map { ($0.model.configuration, $0.style) })
    return PageParts.section("training", "Training", [legend, PageParts.grid(charts)] + kept(models))
  }

  private func stepCharts(_ models: [StyledModel]) -> [Markup] {
    let kinds: [(String, String, String, KeyPath<StepRecord, Double>)] = [
      ("loss", "Training loss", "loss", \.loss), ("rate", "Learning rate", "learning rate", \.learningRate),
      ("gradient", "Gradient norm before clipping", "norm", \.gradientNorm),
      ("speed", "Documents a second", "documents/s", \.documentsPerSecond),
    ]
    return kinds.compactMap { id, title, axis, path in
      let series = models.map { entry in
        let steps = entry.model.learningCurve?.steps ?? []
        return ChartSeries(
          name: entry.model.name, points: steps.map { ChartPoint(x: Double($0.step), y: $0[keyPath: path]) },
          style: entry.style)
      }
      return chart("curve-\(id)", title, axes: ("step", axis), series: series)
    }
  }

  private func epochCharts(_ models: [StyledModel]) -> [Markup] {
    let splits = ["validation", "test"].filter { split in
      models.contains { $0.model.learningCurve?.epochs.contains { $0.metrics[split]?.isEmpty == false } ?? false }
    }
    return splits.flatMap { split in
      [HeadlineMetric.accuracy, .macroF1, .logLoss].compactMap { metric in
        let series = models.map { self.series($0, split, metric) }
        return chart(
          "epoch-\(split)-\(metric.rawValue)", "\(metric.title) on the \(split) split", axes: ("epoch", metric.title),
          series: series,
          percent: metric.isShare, dots: true)
      }
    }
  }

  private func series(_ entry: StyledModel, _ split: String, _ metric: HeadlineMetric) -> ChartSeries {
    // Epoch 0 is guessing; it would press the differences between models flat.
    let epochs = (entry.model.learningCurve?.epochs ?? []).filter { $0.epoch > 0 }
    let points = epochs.map {
      ChartPoint(x: Double($0.epoch), y: $0.metrics[split].flatMap { metric.value(in: $0) } ?? .nan)
    }
    return ChartSeries(
      name: entry.model.name, points: points, style: entry.style, marked: entry.model.bestEpoch.map(Double.init))
  }

  private func chart(
    _ id: String, _ title: String, axes: (x: String, y: String), series: [ChartSeries], percent: Bool = false,
    dots: Bool = false
  ) -> Markup? {
    let filled = series.filter { $0.points.contains(where: \.y.isFinite) }
    guard !filled.isEmpty else { return nil }
    let drawing = LineChart(
      frame: ChartFrame(id: id, title: title, description: ""), xTitle: axes.x, yTitle: axes.y, percent: percent,
      series: filled, dots: dots)
    return PageParts.figure(Markup(title), drawing.markup)
  }

  private func kept(_ models: [StyledModel]) -> [Markup] {
    let items: [Markup] = models.compactMap { entry in
      guard let epoch = entry.model.bestEpoch else { return nil }
      let metric = entry.model.selectionMetric.map { HeadlineMetric(rawValue: $0)?.title.lowercased() ?? $0 }
      let reason = metric.map { ", the best by \($0)" } ?? ""
      let split = entry.model.selectionSplit.map { " on the \($0) split" } ?? ""
      return .tag("li", [:], .tag("bdi", [:], Markup(entry.model.name)), ": epoch \("\(epoch)\(reason)\(split)")")
    }
    guard !items.isEmpty else { return [] }
    return [PageParts.paragraph("Kept (ringed in the charts by epoch):"), .tag("ul", ["class": "kept"], items)]
  }
}
