import FarqMetrics

/// Draws from the numbers of a run what can be claimed, what cannot, and what limits both.
///
/// A difference in accuracy is claimed only where the paired bootstrap interval leaves out zero *and* the exact
/// McNemar test, Holm-corrected where that is given, has p < 0.05. Other metrics are claimed by their interval alone.
public struct ClaimWriter: Sendable {
  private let report: RunReport
  private let level = 0.05

  /// Reads `report`; claims that it already has are not used.
  public init(_ report: RunReport) {
    self.report = report
  }

  /// The claims: differences first, then cautions.
  public var claims: [Claim] {
    report.comparisons.compactMap(claim) + MarginClaims(report).claims + linearClaims + cautions
  }

  private func claim(_ comparison: ModelComparison) -> Claim? {
    guard let metric = HeadlineMetric(rawValue: comparison.metric), [.accuracy, .macroF1].contains(metric),
      comparison.delta.isFinite
    else {
      return nil
    }
    let numbers = evidence(comparison, metric)
    let excludesZero = comparison.ci95.excludes(0)
    let p = comparison.mcnemarPHolm.isFinite ? comparison.mcnemarPHolm : comparison.mcnemarP
    let isTested = metric == .accuracy && p.isFinite
    let names = (a: comparison.a, b: comparison.b)
    if excludesZero, !isTested || p < level {
      let word = (comparison.delta > 0) == metric.higherIsBetter ? "better" : "worse"
      return Claim(kind: .supported, statement: "\(names.b) is \(word) than \(names.a) in \(name(metric)): \(numbers).")
    }
    let reason =
      isTested && excludesZero != (p < level)
      ? "the interval and the McNemar test disagree, so nothing is claimed" : "no difference is shown"
    return Claim(
      kind: .unsupported,
      statement:
        "\(names.b) and \(names.a) in \(name(metric)): \(reason) (\(numbers)).")
  }

  private func evidence(_ comparison: ModelComparison, _ metric: HeadlineMetric) -> String {
    let factor = metric.isShare ? 100.0 : 1
    let decimals = metric.isShare ? 2 : 4
    func number(_ value: Double) -> String { Formatted.signed(value * factor, decimals) }
    var text = number(comparison.delta) + (metric.isShare ? " points" : "")
    let interval = comparison.ci95
    if interval.lower.isFinite, interval.upper.isFinite {
      text += ", 95\u{202F}% interval \(number(interval.lower)) to \(number(interval.upper))"
    }
    if let seeds = comparison.pooledSeeds, seeds > 1 { text += ", \(seeds) seeds pooled" }
    guard metric == .accuracy else { return text }
    if comparison.mcnemarPHolm.isFinite {
      text += ", McNemar p \(equation(comparison.mcnemarPHolm)) after Holm’s correction"
    } else if comparison.mcnemarP.isFinite {
      text += ", McNemar p \(equation(comparison.mcnemarP))"
    }
    return text
  }

  private func equation(_ p: Double) -> String {
    p < 0.001 ? Formatted.probability(p) : "= " + Formatted.probability(p)
  }

  private func name(_ metric: HeadlineMetric) -> String {
    metric.title.prefix(1).lowercased() + metric.title.dropFirst()
  }

  /// A linear model that no transformer beats is worth a sentence.
  private var linearClaims: [Claim] {
    let results = ConfigurationResult.all(of: report)
    let best = results.filter { $0.first.kind != .linear }.map { $0.value(.accuracy) }.filter(\.isFinite).max()
    return results.filter { $0.first.kind == .linear }.compactMap { linear in
      guard let best, linear.value(.accuracy) >= best else { return nil }
      return Claim(
        kind: .caution,
        statement:
          "\(linear.name), a linear model that trains in \(Formatted.duration(linear.trainSeconds)), is at least as accurate "
          + "(\(Formatted.percent(linear.value(.accuracy)))) as the best transformer here (\(Formatted.percent(best)))."
      )
    }
  }

  private var cautions: [Claim] {
    var statements: [String] = []
    let flattered = report.models.filter { $0.selectionSplit != nil && $0.selectionSplit == $0.evaluatedSplit }
    if let first = flattered.first {
      let names = flattered.count == report.models.count ? "every model" : flattered.map(\.name).joined(separator: ", ")
      statements.append(
        "The epoch of \(names) was chosen on the \(first.evaluatedSplit) split itself, which flatters its numbers.")
    }
    let trained = report.models.filter { $0.kind != .linear }
    if trained.count > 1, Set(trained.map(\.seed)).count == 1 {
      statements.append(
        "Each model was trained with one seed; another seed can change results as much as small differences seen here.")
    }
    if report.pooledSeedCount > 1 {
      statements.append(
        "McNemar’s test pools \(report.pooledSeedCount) seeds and counts a document once a seed, as if they were independent: its p is too "
          + "small. The intervals draw a document with all its seeds and are not misled by that.")
    }
    if let leaks = report.data.leaks, leaks > 0 {
      let documents = leaks == 1 ? "document is" : "documents are"
      statements.append("\(Formatted.integer(leaks)) test \(documents) also in the training split.")
    }
    statements += missingLabels
    if report.data.truncatedShare > 0.2 {
      let length = report.data.maxLength.map { " to \($0) tokens" } ?? ""
      statements.append("\(Formatted.percent(report.data.truncatedShare, 0)) of the documents were cut\(length).")
    }
    if let size = report.data.splits.first(where: { $0.name == "test" })?.documents, size > 0, size < 500 {
      statements.append(
        "The test split has only \(size) documents: one of them is \(Formatted.fixed(100 / Double(size), 2)) points of accuracy."
      )
    }
    return statements.map { Claim(kind: .caution, statement: $0) }
  }

  /// What a split that lacks a label does to the numbers.
  private var missingLabels: [String] {
    let splits = report.data.splits
    return splits.compactMap { split in
      let lacking = split.labels.filter { entry in
        entry.count == 0 && splits.contains { $0.labels.contains { $0.label == entry.label && $0.count > 0 } }
      }.map { "“\($0.label)”" }
      guard !lacking.isEmpty, splits.count > 1 else { return nil }
      let names =
        lacking.prefix(10).joined(separator: ", ") + (lacking.count > 10 ? " and \(lacking.count - 10) more" : "")
      switch split.name {
      case "train":
        return
          "The training split has no document of \(names): no model could learn it, and what bears it is a mistake of each."
      case "validation": return "The validation split has no document of \(names): the epoch was chosen without it."
      default: return "The \(split.name) split has no document of \(names): the numbers say nothing of it."
      }
    }
  }
}
