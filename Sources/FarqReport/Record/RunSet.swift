/// Several runs read together.
public struct RunSet: Sendable, Equatable {
  /// The runs in the order given.
  public let runs: [NamedRun]

  /// Puts runs together; where two have one name, the later ones are numbered (`run-2`).
  public init(_ runs: [NamedRun]) {
    var used: Set<String> = []
    self.runs = runs.map { run in
      var named = run
      var number = 2
      while !used.insert(named.name).inserted {
        named.name = "\(run.name)-\(number)"
        number += 1
      }
      return named
    }
  }

  /// One report of all runs: models are named `run/model`; data and environment are those of the first run.
  ///
  /// One run alone is returned as it is. Runs on different data get a claim that warns of comparing them.
  /// Returns nil for no run.
  public var merged: RunReport? {
    guard let first = runs.first else { return nil }
    guard runs.count > 1 else { return first.report }
    let named = runs.map(Self.prefixed)
    var result = first.report
    result.title = "\(runs.count) runs"
    result.models = named.flatMap(\.models)
    result.comparisons = named.flatMap(\.comparisons)
    result.seedSummaries = named.flatMap(\.seedSummaries)
    result.claims = cautions + named.flatMap(\.claims)
    return result
  }

  /// A run's report with the run's name before every model's.
  private static func prefixed(_ run: NamedRun) -> RunReport {
    var report = run.report.withClaims
    for index in report.models.indices {
      report.models[index].name = "\(run.name)/\(report.models[index].name)"
      report.models[index].configuration = "\(run.name)/\(report.models[index].configuration)"
    }
    for index in report.comparisons.indices {
      report.comparisons[index].a = "\(run.name)/\(report.comparisons[index].a)"
      report.comparisons[index].b = "\(run.name)/\(report.comparisons[index].b)"
    }
    for index in report.seedSummaries.indices {
      report.seedSummaries[index].configuration = "\(run.name)/\(report.seedSummaries[index].configuration)"
    }
    report.claims = report.claims.map { Claim(kind: $0.kind, statement: "\(run.name): \($0.statement)") }
    return report
  }

  private var cautions: [Claim] {
    var statements = ["Models of different runs were not compared by a test; only differences within a run are."]
    if Set(runs.map(\.report.data.fingerprint)).count > 1 {
      statements.insert("The runs saw different data (fingerprints differ): their numbers are not comparable.", at: 0)
    }
    return statements.map { Claim(kind: .caution, statement: $0) }
  }
}

extension RunReport {
  /// The report, with the claims of ``ClaimWriter`` where it has none.
  public var withClaims: RunReport {
    guard claims.isEmpty else { return self }
    var report = self
    report.claims = ClaimWriter(self).claims
    return report
  }
}
