import FarqCore
public import FarqTorch

/// Fits a hybrid's replaced places to the layers that they replaced, on unlabelled texts and in closed form.
///
/// From the lowest replaced layer to the highest: the norm over heads, where there is one, gets the root mean square of
/// the pretrained heads; then `attention.output.dense` is re-fitted by ridge regression, so that the layer's attention
/// output is nearest to the pretrained layer's. X are the joined heads of the hybrid on its own inputs, with the layers
/// below fitted already; Y is what the pretrained model's layer gives for the same texts.
public struct HybridFit {
  /// What is left between a replaced layer and the one that it replaced.
  public struct LayerError: Sendable, Equatable {
    /// The layer, from 0.
    public let layer: Int
    /// ‖Ŷ − Y‖ / ‖Y‖ as it was converted.
    public let before: Double
    /// The same once it is fitted.
    public let after: Double
  }

  /// k of the regression, by the mean square of a column of X: enough to keep directions that hardly occur.
  private static let ridge = 1e-4

  private let hybrid: BERTEncoder
  private let baseline: BERTEncoder
  private let plan: AttentionPlan
  private let size: AttentionSize

  /// - Parameters:
  ///   - hybrid: converted from `baseline`; its output projections and norms are overwritten.
  ///   - baseline: the pretrained model.
  /// - Throws: ``FarqError`` `usage` where a decoder is differential: it reads labels, not texts.
  public init(_ hybrid: any DocumentClassifier, to baseline: any DocumentClassifier) throws {
    plan = hybrid.configuration.plan
    guard plan.stack == .encoder else {
      throw FarqError(
        .usage,
        "--init fitted fits encoders on texts, and --stack \(plan.stack.rawValue) changes the decoder: "
          + "use --init anneal or pretrained")
    }
    guard !plan.ignoresMask else {
      throw FarqError(.usage, "--init fitted does not reproduce the notebook's missing mask: leave out --ignore-mask")
    }
    self.hybrid = hybrid.encoder
    self.baseline = baseline.encoder
    size = AttentionSize(hybrid.configuration, isCausal: false)
  }

  /// Fits all replaced layers on `batches` of texts; `report` is told of each.
  @discardableResult
  public func callAsFunction(
    on batches: [BERTInput], _ report: (LayerError) -> Void = { _ in }
  ) throws -> [LayerError] {
    guard !batches.isEmpty else { throw FarqError(.badData, "there are no texts to fit a hybrid on: give more data") }
    return try Torch.withoutGradients {
      let pass = ForwardPass()
      var wanted = try batches.map { try baseline.embeddings($0, pass) }  // [T, D] each
      var states = try batches.map { try hybrid.embeddings($0, pass) }  // [T, D] each
      let rows = batches.map(\.rows)
      var errors: [LayerError] = []
      for (index, layer) in hybrid.layers.enumerated() {
        let original = baseline.layers[index]
        let heads = plan.changes(.encoder) ? plan.differentialHeads(inLayer: index, of: size.heads) : 0
        if heads > 0 {
          let fit = LayerFit(layer: layer, original: original, differentialWidth: heads * size.head, rows: rows)
          let (before, after) = try fit(states, wanted: wanted, ridge: Self.ridge)
          errors.append(LayerError(layer: index, before: before, after: after))
          report(errors[errors.count - 1])
        }
        guard index + 1 < hybrid.layers.count else { break }
        wanted = try zip(wanted, rows).map { try original($0, $1, pass) }
        states = try zip(states, rows).map { try layer($0, $1, pass) }
      }
      return errors
    }
  }
}

/// The fit of one layer.
struct LayerFit {
  let layer: BERTLayer
  let original: BERTLayer
  /// The columns of the joined heads that are differential, from the first.
  let differentialWidth: Int
  /// Of each batch.
  let rows: [PackedRows]

  /// Fits the layer, whose inputs are `states`, to the original one, whose inputs are `wanted`.
  ///
  /// - Returns: the error before and after.
  func callAsFunction(
    _ states: [Tensor], wanted: [Tensor], ridge: Double
  ) throws -> (before: Double, after: Double) {
    let dense = layer.attentionOutput.dense
    layer.standardOutput.projection = try Linear(
      weight: dense.weight.detached().clone(), bias: dense.bias.detached().clone())
    let targets = try zip(wanted, rows).map { states, rows in
      try original.attentionOutput.dense(original.attention(states, rows, ForwardPass()))  // [T, D]
    }
    let before = try sums(states, targets).error(of: (dense.weight, dense.bias))
    try layer.attention.setNorm(rootMeanSquare: standardSize(states))
    let sums = try sums(states, targets)
    let solution = try sums.solution(from: (dense.weight, dense.bias), ridge: ridge)
    try dense.weight.assign(solution.weight)
    try dense.bias.assign(solution.bias)
    return (before, try sums.error(of: solution))
  }

  private func sums(_ states: [Tensor], _ targets: [Tensor]) throws -> RidgeRegression {
    let shape = layer.attentionOutput.dense.weight.shape  // [out, in]
    var sums = try RidgeRegression(inputs: shape[1], outputs: shape[0])
    for (index, target) in targets.enumerated() {
      try sums.add(layer.attention(states[index], rows[index], ForwardPass()), target)
    }
    return sums
  }

  /// The root mean square of what standard attention gives in the differential heads' place.
  private func standardSize(_ states: [Tensor]) throws -> Double {
    var (squares, count) = (0.0, 0)
    for (states, rows) in zip(states, rows) {
      let heads = try layer.attention(states, rows, ForwardPass(alpha: 0))  // [T, D]
      let chosen = try heads.narrowed(1, 0..<differentialWidth)
      squares += try (chosen * chosen).sum().scalar()
      count += chosen.count
    }
    return (squares / Double(max(1, count))).squareRoot()
  }
}
