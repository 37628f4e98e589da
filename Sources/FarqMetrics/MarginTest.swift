import FarqCore
import Foundation

/// Whether a second model is shown to be no worse in accuracy than a first one by more than a margin, and whether both are
/// shown to be equivalent within it.
///
/// "No difference is shown" is no evidence of equality: few documents show nothing. Here the burden is the other way round
/// (Walker and Nowacki 2011): a claim needs an interval that lies wholly on the right side of the margin.
///
/// A difference has two sources of chance: the seeds of the training and the documents of the test. Predictions are
/// crossed, every seed of every model on the same documents, so both are drawn independently of each other (Owen 2007).
public struct MarginTest: Sendable, Equatable, Codable {
  /// The margin as a share: 0.003 for 0.3 points.
  public let margin: Double
  /// Seeds of each model.
  public let seedCount: Int
  /// Documents of the test.
  public let documentCount: Int
  /// The accuracy of the second model minus that of the first, mean over seeds.
  public let delta: Double
  /// Where the difference lies: percentiles of a bootstrap that draws seeds and documents; of documents alone for one seed.
  public let interval: Interval
  /// The variance of the mean difference that comes from the choice of seeds: s² of the seeds' differences over their number.
  public let seedVariance: Double
  /// The variance that comes from the choice of documents: s² of the documents' differences over their number.
  public let documentVariance: Double
  /// p of "worse by the margin or more": small where the second model is shown to be no worse.
  public let notWorseP: Double
  /// p of two one-sided tests (Schuirmann 1987): small where both are shown to be equivalent within the margin.
  public let equivalenceP: Double

  /// Whether the whole interval lies above −margin.
  public var isNotWorse: Bool { interval.lower > -margin }
  /// Whether the whole interval lies within ±margin. That asks for more than two one-sided tests at 5 %, whose interval is
  /// the 90 % one.
  public var isEquivalent: Bool { isNotWorse && interval.upper < margin }

  /// Compares two models; predictions have one element a seed, of the same documents, in the same order of seeds.
  ///
  /// - Parameter margin: a share above 0.
  /// - Throws: ``FarqError`` `usage` where documents or numbers of seeds differ, or the margin is not positive.
  public init(
    _ first: [Predictions], _ second: [Predictions], margin: Double, bootstrap: PairedBootstrap = PairedBootstrap()
  ) throws {
    guard margin > 0, margin.isFinite else { throw FarqError(.usage, "a margin of \(margin): give more than 0 points") }
    try bootstrap.check(first + second)
    guard first.count == second.count else {
      throw FarqError(.usage, "a margin needs as many seeds of both models: \(first.count) and \(second.count) given")
    }
    let table = zip(first, second).map(Self.differences)  // [S][N]: −1, 0 or 1
    let bySeed = table.map(Self.mean)
    let byDocument = table[0].indices.map { document in Self.mean(table.map { $0[document] }) }
    let (documents, seeds) = (byDocument.count, bySeed.count)
    (self.margin, seedCount, documentCount) = (margin, seeds, documents)
    delta = Self.mean(bySeed)
    seedVariance = seeds > 1 ? Self.variance(bySeed) / Double(seeds) : 0
    documentVariance = documents > 1 ? Self.variance(byDocument) / Double(documents) : .nan
    interval = Self.interval(first, second, bootstrap)
    let error = (seedVariance + documentVariance).squareRoot()
    let degrees = Self.degrees(seedVariance, seeds, documentVariance, documents)
    notWorseP = Self.upperTail(delta + margin, error, degrees)
    equivalenceP = max(notWorseP, Self.upperTail(margin - delta, error, degrees))
  }

  /// Documents that would show with 80 % power that models of equal accuracy differ by no more than the margin, with these
  /// seeds; nil where no number of documents would.
  public var documentsNeeded: Int? {
    Self.needed(documentVariance * Double(documentCount), left: allowedVariance - seedVariance)
  }

  /// The same for seeds, with these documents; nil where no number of seeds would, or one seed alone was trained.
  public var seedsNeeded: Int? {
    guard seedCount > 1 else { return nil }
    return Self.needed(seedVariance * Double(seedCount), left: allowedVariance - documentVariance).map { max(2, $0) }
  }

  /// The variance of the mean difference at which a 95 % interval about 0 stays within the margin four times out of five:
  /// margin = (z₀.₉₇₅ + z₀.₈) · √variance.
  private var allowedVariance: Double {
    let quantiles = 1.959964 + 0.841621
    return (margin / quantiles) * (margin / quantiles)
  }

  private static func needed(_ variance: Double, left: Double) -> Int? {
    let number = (variance / left).rounded(.up)
    guard left > 0, number < 1e15 else { return nil }
    return max(1, Int(number))
  }

  /// For each document 1 where the second model alone is right, −1 where the first alone is.
  private static func differences(_ first: Predictions, _ second: Predictions) -> [Double] {
    first.targets.indices.map { document in
      let target = first.targets[document]
      return (second.labels[document] == target ? 1 : 0) - (first.labels[document] == target ? 1 : 0)
    }
  }

  /// The interval of the difference over seeds and documents.
  ///
  /// Of S seeds S − 1 are drawn, with replacement, so that the variance is that of their mean and not too small by the factor
  /// (S − 1)/S, which matters with few seeds (Rao and Wu 1988); of N documents N, since they are many.
  private static func interval(
    _ first: [Predictions], _ second: [Predictions], _ bootstrap: PairedBootstrap
  ) -> Interval {
    let outcomes = JointOutcomes(first, second)
    let seeds = first.count
    // Of each group of like documents: by how much a seed's models differ there.
    let groups = outcomes.groups.map { group in
      zip(group.first, group.second).map { Double(isRight($1, outcomes) ? 1 : 0) - (isRight($0, outcomes) ? 1 : 0) }
    }
    var generator = SeededGenerator(seed: bootstrap.seed)
    let drawn = (0..<bootstrap.resamples).map { _ in
      var weights = [Double](repeating: seeds == 1 ? 1 : 0, count: seeds)
      if seeds > 1 { for _ in 1..<seeds { weights[generator.below(seeds)] += 1 / Double(seeds - 1) } }
      let counts = outcomes.resampledCounts(using: &generator)
      var sum = 0.0
      for (group, count) in zip(groups, counts) where count > 0 {
        for (difference, weight) in zip(group, weights) { sum += Double(count) * weight * difference }
      }
      return sum / Double(outcomes.documentCount)
    }
    return Percentiles.interval(drawn, confidence: bootstrap.confidence)
  }

  /// Whether a cell of the confusion matrix lies on its diagonal.
  private static func isRight(_ cell: Int, _ outcomes: JointOutcomes) -> Bool {
    cell / outcomes.classCount == cell % outcomes.classCount
  }

  /// Satterthwaite's degrees of freedom of the sum of both variances.
  private static func degrees(_ seeds: Double, _ seedCount: Int, _ documents: Double, _ documentCount: Int) -> Double {
    let ofSeeds = seedCount > 1 ? seeds * seeds / Double(seedCount - 1) : 0
    let ofDocuments = documentCount > 1 ? documents * documents / Double(documentCount - 1) : 0
    let sum = seeds + documents
    return ofSeeds + ofDocuments > 0 ? sum * sum / (ofSeeds + ofDocuments) : .infinity
  }

  /// P(T > distance / error).
  private static func upperTail(_ distance: Double, _ error: Double, _ degrees: Double) -> Double {
    guard error.isFinite else { return .nan }
    guard error > 0 else { return distance > 0 ? 0 : 1 }
    let t = distance / error
    let tail = 1 - StudentT.cumulative(abs(t), degrees: degrees)
    return t >= 0 ? tail : 1 - tail
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private static func variance(_ values: [Double]) -> Double {
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}
