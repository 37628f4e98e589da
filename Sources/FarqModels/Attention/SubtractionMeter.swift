import FarqCore
public import FarqTorch

/// Sums up, layer by layer, how much of the heads the differential part takes away: what tells a hybrid from a baseline in
/// disguise.
///
/// Kept is what the first maps give, A₁ v, and taken λ A₂ v; of DEX, kept is o and taken λ W o. For `diff` both are before
/// the norm over heads.
public final class SubtractionMeter {
  /// What one layer takes away.
  public struct Share: Sendable, Equatable {
    /// The layer of the encoder, from 0.
    public let layer: Int
    /// The mean of |λ|, over heads, and over tokens where λ depends on them.
    public let lambda: Double
    /// ‖taken‖ / ‖kept‖ over all rows.
    public let taken: Double
  }

  /// The layer that runs now.
  var layer = 0
  private var sums: [Int: Sums] = [:]

  private struct Sums {
    var kept = 0.0
    var taken = 0.0
    var lambda = 0.0
    var count = 0
  }

  init() {}

  /// Adds rows: kept and taken of one shape, and the λ that the taken part holds already.
  func add(kept: Tensor, taken: Tensor, lambda: Tensor) throws {
    var sum = sums[layer] ?? Sums()
    sum.kept += try (kept * kept).sum().scalar()
    sum.taken += try (taken * taken).sum().scalar()
    sum.lambda += try lambda.floats().reduce(0) { $0 + Double(abs($1)) }
    sum.count += lambda.count
    sums[layer] = sum
  }

  /// The shares of all layers that added, by layer.
  var shares: [Share] {
    sums.sorted { $0.key < $1.key }.map { layer, sum in
      Share(
        layer: layer, lambda: sum.lambda / Double(max(1, sum.count)),
        taken: sum.kept > 0 ? (sum.taken / sum.kept).squareRoot() : .nan)
    }
  }

  /// What each differential layer of a model's encoder takes away from `batches` of documents; empty for a baseline.
  public static func shares(of model: any DocumentClassifier, on batches: [BERTInput]) throws -> [Share] {
    guard model.configuration.plan.changes(.encoder), !model.configuration.plan.isStandard else { return [] }
    let meter = SubtractionMeter()
    var pass = ForwardPass()
    pass.meter = meter
    try Torch.withoutGradients { for batch in batches { _ = try model.encoder(batch, pass) } }
    return meter.shares
  }
}
