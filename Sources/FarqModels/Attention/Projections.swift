import FarqTorch

/// BERT's query, key and value projections, [D, D] each (queries wider where a variant asks).
struct Projections {
  let query: Linear
  let key: Linear
  let value: Linear

  init(_ scope: ParameterScope, _ size: AttentionSize, queryFactor: Int = 1) throws {
    let hidden = size.hidden
    query = try Linear(scope / "query", from: hidden, to: hidden * queryFactor, deviation: size.deviation)
    key = try Linear(scope / "key", from: hidden, to: hidden, deviation: size.deviation)
    value = try Linear(scope / "value", from: hidden, to: hidden, deviation: size.deviation)
  }

  /// [T, D] → q [T, D · factor], k [T, D], v [T, D]
  func callAsFunction(_ x: Tensor) throws -> (query: Tensor, key: Tensor, value: Tensor) {
    (try query(x), try key(x), try value(x))
  }
}
