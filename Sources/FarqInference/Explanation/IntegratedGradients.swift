import FarqModels
import FarqTorch

/// Integrated gradients (Sundararajan et al. 2017, arXiv 1703.01365, equation 1) over the word embeddings.
///
/// aᵢ = (xᵢ − x′ᵢ) · ∫₀¹ ∂F(x′ + t (x − x′)) / ∂xᵢ dt, summed over the D numbers of a token. F is the log-odds of a
/// label, x the embeddings of the text and x′ those of neutral tokens at the same places.
struct IntegratedGradients {
  let model: any DocumentClassifier
  let device: Device
  /// Tokens of one batch of points, at most.
  var tokenBudget = 2048
  /// The integral is refined until the sum departs from the difference of the log-odds by less than this share of it.
  var tolerance = 0.01
  /// Times the gradient is worked out in a last attempt, at most.
  var maximumPoints = 128

  /// - Parameters:
  ///   - ids: T tokens of the text.
  ///   - neutral: T tokens of the text it is compared with.
  ///   - label: the index of the label.
  func callAsFunction(_ ids: [Int32], neutral: [Int32], label: Int) throws -> Attribution {
    let (x, start) = try Torch.withoutGradients { (try words(ids), try words(neutral)) }  // [T, D]
    let ends = try Torch.withoutGradients { try logOdds(ids, .concatenate([start, x], 0), label).floats() }
    let difference = Double(ends[1] - ends[0])
    var parts = 2
    while true {
      let rule = QuadratureRule(parts: parts)
      let gradient = try integral(ids, from: start, to: x, label, rule)  // [T, D]
      let tokens = try ((x - start) * gradient).sum([1]).floats().map(Double.init)
      let result = Attribution(
        tokens: tokens, logOdds: Double(ends[1]), neutralLogOdds: Double(ends[0]), pointCount: rule.points.count)
      if result.error <= tolerance * abs(difference) || rule.points.count * 2 > maximumPoints { return result }
      parts *= 2
    }
  }

  /// The mean gradient on the way from x′ to x: [T, D]
  private func integral(
    _ ids: [Int32], from start: Tensor, to end: Tensor, _ label: Int, _ rule: QuadratureRule
  ) throws -> Tensor {
    let way = try end - start  // [T, D]
    var total = try Tensor.zeros(end.shape, on: device)
    let points = max(1, tokenBudget / ids.count)
    for batch in BatchPlan.sequential(count: rule.points.count, batchSize: points) {
      let rows = try Tensor.concatenate(batch.map { try start + way * rule.points[$0].place }, 0)  // [k · T, D]
      try rows.setRequiresGradient(true)
      let weights = try Tensor(batch.map { Float(rule.points[$0].weight) }, shape: [batch.count]).to(device)
      try (logOdds(ids, rows, label) * weights).sum().backward()
      guard let gradient = try rows.gradient() else { continue }
      total = try total + gradient.reshaped([batch.count, ids.count, -1]).sum([0])  // [T, D]
    }
    return total
  }

  /// The word embeddings of T tokens, [T, D].
  private func words(_ ids: [Int32]) throws -> Tensor {
    try model.wordEmbeddings(BERTInput(documents: [ids], device: device)).to(.float32)
  }

  /// log p − log (1 − p) = z_label − log Σ exp z over the other labels, for k copies of a document whose word
  /// embeddings are `rows` [k · T, D] → [k]
  private func logOdds(_ ids: [Int32], _ rows: Tensor, _ label: Int) throws -> Tensor {
    var input = try BERTInput(documents: Array(repeating: ids, count: rows.shape[0] / ids.count), device: device)
    input.wordEmbeddings = rows
    let logits = try model(input).to(.float32)  // [k, labels]
    let width = logits.shape[1]
    let own = try logits.selected(1, label)  // [k]
    let others = try Tensor.concatenate([logits.narrowed(1, 0..<label), logits.narrowed(1, label + 1..<width)], 1)
    let logSum = try others.selected(1, 0) - others.logSoftmax(1).selected(1, 0)  // [k]
    return try own - logSum
  }
}
