/// What a margin lets be claimed: "no difference is shown" is no evidence of equality, an interval above the margin is.
struct MarginClaims: Sendable {
  private let comparisons: [ModelComparison]

  init(_ report: RunReport) { comparisons = report.comparisons }

  /// A claim for each pair with a margin, and how much the margin would need where it is not reached.
  var claims: [Claim] {
    comparisons.flatMap { comparison -> [Claim] in
      guard let margin = comparison.margin else { return [] }
      return [claim(comparison, margin)] + power(comparison, margin)
    }
  }

  private func claim(_ comparison: ModelComparison, _ margin: MarginRecord) -> Claim {
    let points = points(margin)
    let over = margin.seeds > 1 ? "\(margin.seeds) seeds and the documents" : "the documents"
    let numbers =
      "\(Formatted.points(comparison.delta)) points, 95\u{202F}% interval over \(over) "
      + "\(Formatted.points(margin.ci95.lower)) to \(Formatted.points(margin.ci95.upper)), p "
      + equation(margin.isEquivalent ? margin.equivalenceP : margin.notWorseP)
    let pair = "\(comparison.b) and \(comparison.a)"
    guard margin.isNotWorse else {
      return Claim(
        kind: .unsupported,
        statement: "\(comparison.b) is not shown to be within \(points) of \(comparison.a) in accuracy (\(numbers)).")
    }
    let words =
      margin.isEquivalent
      ? "\(pair) are equivalent in accuracy within \(points)"
      : "\(comparison.b) is not worse than \(comparison.a) in accuracy by more than \(points)"
    guard margin.seeds > 1 else {
      return Claim(
        kind: .unsupported,
        statement: "With the one seed trained \(words) (\(numbers)); another seed may differ, so nothing is claimed: "
          + "train several.")
    }
    return Claim(kind: .supported, statement: "\(words): \(numbers).")
  }

  /// What it would take to show that two equal models are within the margin.
  private func power(_ comparison: ModelComparison, _ margin: MarginRecord) -> [Claim] {
    guard !margin.isNotWorse else { return [] }
    let documents = margin.documentsNeeded.map { "\(Formatted.integer($0)) documents" }
    let seeds = margin.seedsNeeded.map { "\(Formatted.integer($0)) seeds" }
    let ways = [
      documents.map { "\($0) with \(margin.seeds == 1 ? "this seed" : "these \(margin.seeds) seeds")" },
      seeds.map { "\($0) with these documents" },
    ].compactMap { $0 }
    let needed =
      ways.isEmpty ? "more seeds and more documents than either alone" : ways.joined(separator: ", or ")
    return [
      Claim(
        kind: .caution,
        statement:
          "To show a margin of \(points(margin)) between \(comparison.b) and \(comparison.a), if they are equal, "
          + "four times out of five, it takes \(needed).")
    ]
  }

  private func points(_ margin: MarginRecord) -> String {
    let number = margin.margin * 100
    var text = Formatted.fixed(number, 3)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + (number == 1 ? " point" : " points")
  }

  private func equation(_ p: Double) -> String {
    p < 0.001 ? Formatted.probability(p) : "= " + Formatted.probability(p)
  }
}
