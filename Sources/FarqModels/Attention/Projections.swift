import FarqTorch

/// BERT's query, key and value projections, [D, D] each (queries of more rows where a variant asks).
struct Projections {
  let query: Linear
  let key: Linear
  let value: Linear
  private let joined: JoinedLinear

  init(_ scope: ParameterScope, _ size: AttentionSize, queryWidth: Int? = nil) throws {
    let hidden = size.hidden
    query = try Linear(scope / "query", from: hidden, to: queryWidth ?? hidden, deviation: size.deviation)
    key = try Linear(scope / "key", from: hidden, to: hidden, deviation: size.deviation)
    value = try Linear(scope / "value", from: hidden, to: hidden, deviation: size.deviation)
    joined = try JoinedLinear([query, key, value])
  }

  /// [T, D] → q [T, width], k [T, D], v [T, D]; q [B, width] where only first rows are read
  func callAsFunction(
    _ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass
  ) throws -> (query: Tensor, key: Tensor, value: Tensor) {
    if pass.readsFirstRowsOnly {
      let rest = try joined(x, 1..<3)
      return (try joined(rows.first(of: x), 0..<1)[0], rest[0], rest[1])
    }
    let all = try joined(x, 0..<3)
    return (all[0], all[1], all[2])
  }
}
