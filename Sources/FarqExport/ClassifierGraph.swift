import FarqModels

/// BERT with pooler and classifier in ONNX's operators: Farq's `BERTClassifier`, from padded ids to logits.
///
/// Inputs are int64, [batch, length]: `input_ids`, `attention_mask` (0 where there is padding) and `token_type_ids`;
/// the output is `logits`, fp32, [batch, labels].
struct ClassifierGraph {
  /// The inputs, in their order.
  static let inputs = ["input_ids", "attention_mask", "token_type_ids"]
  /// The output.
  static let output = "logits"

  /// Sizes and attention plan.
  let configuration: BERTConfiguration

  private typealias Value = OperatorGraph.Value
  private var hidden: Int { configuration.hiddenSize }

  /// The graph of a model with an encoder and a classifier.
  func graph() -> OperatorGraph {
    var graph = OperatorGraph()
    let (ids, mask, types) = graph.inScope("inputs") { padded(&$0) }  // [B, N] each
    let rows = graph.inScope("inputs") { $0.add("Shape", [ids]) }  // B, N
    let biases = graph.inScope("mask") { self.biases(mask, &$0) }
    var states = graph.inScope("embeddings") { embeddings(ids, types, rows, &$0) }  // [B · N, D]
    for index in 0..<configuration.layerCount {
      let isLast = index == configuration.layerCount - 1
      states = graph.inScope("layer.\(index)") { graph in
        layer(index, states, rows, biases, firstOnly: isLast, &graph)
      }  // [B · N, D], at last [B, D]
    }
    let pooled = graph.inScope("pooler") { graph in
      graph.add("Tanh", [graph.linear(states, "bert.pooler.dense")])
    }  // [B, D]
    _ = graph.inScope("classifier") { $0.linear(pooled, "classifier", output: Self.output) }  // [B, labels]
    return graph.pruned(to: Self.output)
  }

  /// The inputs, with padding to the model's length behind them where its differential heads attend to padding.
  private func padded(_ graph: inout OperatorGraph) -> (ids: Value, mask: Value, types: Value) {
    let given = (ids: Self.inputs[0], mask: Self.inputs[1], types: Self.inputs[2])
    guard let width = configuration.paddedLength else { return given }
    let length = graph.add("Gather", [graph.add("Shape", [given.ids]), graph.integers([1])], [("axis", .integer(0))])
    let missing = graph.add("Max", [graph.difference(graph.integers([width]), length), graph.integers([0])])
    let places = graph.add("Concat", [graph.integers([0, 0, 0]), missing], [("axis", .integer(0))])
    return (
      ids: graph.add("Pad", [given.ids, places, graph.integer(configuration.padID)]),
      mask: graph.add("Pad", [given.mask, places, graph.integer(0)]),
      types: graph.add("Pad", [given.types, places, graph.integer(0)])
    )
  }

  /// What is added to scores: 0, or the lowest number at padding; for one map and for two. A document that is all
  /// padding so attends to all of it alike, and its logits are finite.
  private func biases(_ mask: Value, _ graph: inout OperatorGraph) -> (one: Value, two: Value) {
    let single = graph.add("Cast", [mask], [("to", .integer(Int(ONNXType.float.rawValue)))])  // [B, N]
    let lowest = graph.number(-Double(Float.greatestFiniteMagnitude))
    let bias = graph.multiply(graph.difference(graph.number(1), single), lowest)
    let one = graph.add("Unsqueeze", [bias, graph.integers([1, 2])])  // [B, 1, 1, N]
    guard configuration.plan.changes(.encoder) else { return (one, one) }
    return (one, graph.add("Unsqueeze", [bias, graph.integers([1, 2, 3])]))  // [B, 1, 1, 1, N]
  }

  /// Word, position and type embeddings, normed: [B, N] → [B · N, D]
  private func embeddings(_ ids: Value, _ types: Value, _ rows: Value, _ graph: inout OperatorGraph) -> Value {
    let prefix = "bert.embeddings"
    let words = graph.add("Gather", [graph.parameter("\(prefix).word_embeddings.weight"), ids])  // [B, N, D]
    let kinds = graph.add("Gather", [graph.parameter("\(prefix).token_type_embeddings.weight"), types])  // [B, N, D]
    let length = graph.add("Gather", [rows, graph.integers([1])], [("axis", .integer(0))])
    let positions = graph.add(
      "Slice",
      [graph.parameter("\(prefix).position_embeddings.weight"), graph.integers([0]), length, graph.integers([0])])
    let sum = graph.sum(graph.sum(words, kinds), positions)  // [B, N, D]
    let normed = graph.layerNorm(sum, "\(prefix).LayerNorm", epsilon: configuration.layerNormEpsilon)
    return graph.reshaped(normed, to: graph.integers([-1, hidden]))
  }

  /// Self-attention and feed-forward, each with residual and norm: [B · N, D] → [B · N, D], or [B, D] of first tokens
  private func layer(
    _ index: Int, _ states: Value, _ rows: Value, _ biases: (one: Value, two: Value), firstOnly: Bool,
    _ graph: inout OperatorGraph
  ) -> Value {
    let prefix = "bert.encoder.layer.\(index)"
    let asking = firstOnly ? first(of: states, rows, &graph) : states  // [B · M, D]
    let attention = AttentionGraph(
      configuration: configuration, layer: index, queryRows: firstOnly ? graph.integers([-1, 1]) : rows, keyRows: rows,
      bias: biases.one, pairBias: biases.two)
    let attended = graph.inScope("attention") { graph in
      let context = attention(states, asking: asking, &graph)
      return ending(context, asking, "\(prefix).attention.output", &graph)
    }
    return graph.inScope("feed_forward") { graph in
      let inner = graph.linear(attended, "\(prefix).intermediate.dense")  // [B · M, intermediate]
      return ending(activation(inner, &graph), attended, "\(prefix).output", &graph)
    }
  }

  /// LayerNorm(residual + dense(x)): how both halves of a layer end.
  private func ending(_ x: Value, _ residual: Value, _ name: String, _ graph: inout OperatorGraph) -> Value {
    let changed = graph.linear(x, "\(name).dense")  // [B · M, D]
    return graph.layerNorm(
      graph.sum(changed, residual), "\(name).LayerNorm", epsilon: configuration.layerNormEpsilon)
  }

  private func activation(_ x: Value, _ graph: inout OperatorGraph) -> Value {
    switch configuration.activation {
    case .gelu: graph.gelu(x)
    case .geluNew: graph.geluByTanh(x)
    case .relu: graph.add("Relu", [x])
    }
  }

  /// The first token of each document: [B · N, D] → [B, D]
  private func first(of states: Value, _ rows: Value, _ graph: inout OperatorGraph) -> Value {
    graph.selected(graph.reshaped(states, to: graph.shape(rows, [hidden])), 1, 0)
  }
}
