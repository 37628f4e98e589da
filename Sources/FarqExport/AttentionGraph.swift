import FarqModels

/// Self-attention of one layer in ONNX's operators: the variants of FarqModels' Attention, at the end of annealing.
///
/// B documents of N tokens, padding among them; M rows of queries a document: N, or 1 in the last layer, which works out
/// first tokens alone. Rows are [B · N, …]; heads are [B, h, …].
struct AttentionGraph {
  /// D, H and the layer's plan.
  let configuration: BERTConfiguration
  /// From 0.
  let layer: Int
  /// Whole numbers [2]: documents, and rows of queries of each.
  let queryRows: OperatorGraph.Value
  /// Whole numbers [2]: documents, and tokens of each.
  let keyRows: OperatorGraph.Value
  /// What is added to scores, [B, 1, 1, N]: 0, or the lowest number where a key is padding.
  let bias: OperatorGraph.Value
  /// The same for scores with a dimension for the two maps, [B, 1, 1, 1, N].
  let pairBias: OperatorGraph.Value

  typealias Value = OperatorGraph.Value
  private var heads: Int { configuration.headCount }
  private var headSize: Int { configuration.headSize }
  private var prefix: String { "bert.encoder.layer.\(layer).attention.self" }
  private var plan: AttentionPlan { configuration.plan }

  /// States [B · N, D] and those that ask, [B · M, D] → [B · M, D]
  func callAsFunction(_ states: Value, asking: Value, _ graph: inout OperatorGraph) -> Value {
    let chosen = plan.changes(.encoder) ? plan.differentialHeads(inLayer: layer, of: heads) : 0
    let query = graph.inScope("query") { $0.linear(asking, "\(prefix).query") }
    let key = graph.inScope("key") { $0.linear(states, "\(prefix).key") }
    let value = graph.inScope("value") { $0.linear(states, "\(prefix).value") }
    switch chosen > 0 ? plan.variant : .standard {
    case .standard:
      return rows(standard(query, key, value, heads: heads, &graph), width: width(heads), &graph)
    case .dex:
      let all = standard(query, key, value, heads: heads, &graph)  // [B, H, M, d]
      return rows(graph.inScope("dex") { corrected(all, heads: chosen, &$0) }, width: width(heads), &graph)
    case .diff, .diffV2:
      return mixture(query, key, value, asking, heads: chosen, &graph)
    case .notebook:
      let mixed = mixture(query, key, value, asking, heads: chosen, &graph)  // [B · M, D]
      return graph.inScope("out") { $0.linear(mixed, "\(prefix).out") }
    }
  }

  /// The first heads differential, the others standard: rows of all projections → [B · M, D]
  private func mixture(
    _ query: Value, _ key: Value, _ value: Value, _ asking: Value, heads chosen: Int, _ graph: inout OperatorGraph
  ) -> Value {
    // The queries of diff-v2 are doubled where they are differential.
    let edge = width(chosen)
    let queryEdge = plan.variant == .diffV2 ? 2 * edge : edge
    guard chosen < heads else {
      return rows(differential(query, key, value, asking, heads: chosen, &graph), width: edge, &graph)
    }
    let all = width(heads)
    let changed = differential(
      graph.narrowed(query, 1, 0..<queryEdge), graph.narrowed(key, 1, 0..<edge), graph.narrowed(value, 1, 0..<edge),
      asking, heads: chosen, &graph)
    let kept = standard(
      graph.narrowed(query, 1, queryEdge..<queryEdge + all - edge), graph.narrowed(key, 1, edge..<all),
      graph.narrowed(value, 1, edge..<all), heads: heads - chosen, &graph)
    return graph.add(
      "Concat", [rows(changed, width: edge, &graph), rows(kept, width: all - edge, &graph)], [("axis", .integer(1))])
  }

  /// softmax(q kᵀ / √d) v: rows [B · M, h · d], [B · N, h · d] twice → [B, h, M, d]
  private func standard(
    _ query: Value, _ key: Value, _ value: Value, heads: Int, _ graph: inout OperatorGraph
  ) -> Value {
    graph.inScope("standard") { graph in
      let q = split(query, queryRows, [heads, headSize], [0, 2, 1, 3], &graph)  // [B, h, M, d]
      let k = split(key, keyRows, [heads, headSize], [0, 2, 3, 1], &graph)  // [B, h, d, N]
      let v = split(value, keyRows, [heads, headSize], [0, 2, 1, 3], &graph)  // [B, h, N, d]
      let scaled = graph.multiply(q, graph.number(1 / Double(headSize).squareRoot()))
      let scores = graph.sum(graph.product(scaled, k), bias)  // [B, h, M, N]
      return graph.product(graph.add("Softmax", [scores], [("axis", .integer(-1))]), v)
    }
  }

  /// The first heads of a layer by its variant, `diff`, `diff-v2` or `notebook`: → [B, n, M, w]
  private func differential(
    _ query: Value, _ key: Value, _ value: Value, _ asking: Value, heads chosen: Int, _ graph: inout OperatorGraph
  ) -> Value {
    let isPair = plan.variant == .diff && plan.pairing != .split  // as AttentionFactory has it
    let mapSize = plan.variant == .diffV2 || isPair ? headSize : headSize / 2
    let valueSize = isPair ? 2 * headSize : headSize
    let count = isPair ? chosen / 2 : chosen
    let initial = plan.lambdaInit.value(atLayer: layer)
    return graph.inScope("differential") { graph in
      let lambda =
        plan.variant == .diffV2 ? tokenLambda(asking, heads: count, &graph) : layerLambda(initial, &graph)
      let context = difference(
        query, key, value, lambda: lambda, heads: count, mapSize: mapSize, valueSize: valueSize, &graph)
      guard plan.variant == .diff else { return context }
      let normed = graph.rootMeanSquareNorm(context, weight: "\(prefix).subln.weight", epsilon: 1e-5)
      return graph.multiply(normed, graph.number(1 - initial))
    }
  }

  /// (softmax(q₁k₁ᵀ/√m) − λ · softmax(q₂k₂ᵀ/√m)) v, the two maps of a head beside each other: → [B, n, M, w]
  private func difference(
    _ query: Value, _ key: Value, _ value: Value, lambda: Value, heads: Int, mapSize: Int, valueSize: Int,
    _ graph: inout OperatorGraph
  ) -> Value {
    let keyMaps = plan.variant == .diffV2 ? 1 : 2
    let q = split(query, queryRows, [heads, 2, mapSize], [0, 2, 3, 1, 4], &graph)  // [B, n, 2, M, m]
    let k = split(key, keyRows, [heads, keyMaps, mapSize], [0, 2, 3, 4, 1], &graph)  // [B, n, 2 or 1, m, N]
    let v = split(value, keyRows, [heads, valueSize], [0, 2, 1, 3], &graph)  // [B, n, N, w]
    let scaled = graph.multiply(q, graph.number(1 / Double(mapSize).squareRoot()))
    let scores = graph.product(scaled, k)  // [B, n, 2, M, N]
    let masked = plan.ignoresMask ? scores : graph.sum(scores, pairBias)
    let maps = graph.add("Softmax", [masked], [("axis", .integer(-1))])
    let (first, second) = (graph.selected(maps, 2, 0), graph.selected(maps, 2, 1))  // [B, n, M, N] each
    return graph.product(graph.difference(first, graph.multiply(lambda, second)), v)
  }

  /// λ = exp(λ_q1 · λ_k1) − exp(λ_q2 · λ_k2) + λ_init, of shape []
  private func layerLambda(_ initial: Double, _ graph: inout OperatorGraph) -> Value {
    graph.inScope("lambda") { graph in
      let powers = (1...2).map { index in
        let products = graph.multiply(
          graph.parameter("\(prefix).lambda_q\(index)"), graph.parameter("\(prefix).lambda_k\(index)"))
        return graph.add("Exp", [graph.add("ReduceSum", [products], [("keepdims", .integer(0))])])
      }
      return graph.sum(graph.difference(powers[0], powers[1]), graph.number(initial))
    }
  }

  /// σ(W_λ x + b), a number for each token and head: [B · M, D] → [B, n, M, 1]
  private func tokenLambda(_ asking: Value, heads: Int, _ graph: inout OperatorGraph) -> Value {
    graph.inScope("lambda") { graph in
      let lambda = graph.add("Sigmoid", [graph.linear(asking, "\(prefix).lambda_proj")])  // [B · M, n]
      return split(lambda, queryRows, [heads, 1], [0, 2, 1, 3], &graph)
    }
  }

  /// o_h − λ_h · W_h o_h for the first heads: [B, H, M, d] → [B, H, M, d]
  private func corrected(_ all: Value, heads chosen: Int, _ graph: inout OperatorGraph) -> Value {
    let first = chosen == heads ? all : graph.narrowed(all, 1, 0..<chosen)  // [B, n, M, d]
    let weight = graph.transposed(graph.parameter("\(prefix).dex.weight"), [0, 2, 1])  // [n, d, d]
    let lambda = graph.reshaped(graph.parameter("\(prefix).dex.lambda"), to: graph.integers([chosen, 1, 1]))
    let changed = graph.difference(first, graph.multiply(graph.product(first, weight), lambda))
    guard chosen < heads else { return changed }
    return graph.add("Concat", [changed, graph.narrowed(all, 1, chosen..<heads)], [("axis", .integer(1))])
  }

  /// Rows [B · M, h · … · d] → [B, M, h, …, d] in another order
  private func split(
    _ x: Value, _ rows: Value, _ sizes: [Int], _ order: [Int], _ graph: inout OperatorGraph
  ) -> Value {
    graph.transposed(graph.reshaped(x, to: graph.shape(rows, sizes)), order)
  }

  /// [B, h, M, w] → [B · M, h · w]
  private func rows(_ heads: Value, width: Int, _ graph: inout OperatorGraph) -> Value {
    graph.reshaped(graph.transposed(heads, [0, 2, 1, 3]), to: graph.integers([-1, width]))
  }

  private func width(_ heads: Int) -> Int { heads * headSize }
}
