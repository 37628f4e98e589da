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
    var result = first.report
    result.title = "\(runs.count) runs"
    result.models = runs.flatMap { run in
      run.report.models.map { model in
        var model = model
        model.name = "\(run.name)/\(model.name)"
        return model
      }
    }
    result.comparisons = runs.flatMap { run in
      run.report.comparisons.map { comparison in
        var comparison = comparison
        comparison.a = "\(run.name)/\(comparison.a)"
        comparison.b = "\(run.name)/\(comparison.b)"
        return comparison
      }
    }
    result.seedSummaries = runs.flatMap { run in
      run.report.seedSummaries.map { summary in
        var summary = summary
        summary.configuration = "\(run.name)/\(summary.configuration)"
        return summary
      }
    }
    result.claims =
      cautions
      + runs.flatMap { run in
        run.report.withClaims.claims.map { Claim(kind: $0.kind, statement: "\(run.name): \($0.statement)") }
      }
    return result
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
