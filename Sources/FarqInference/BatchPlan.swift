public import FarqCore

/// Which documents go together: lists of indices.
public enum BatchPlan {
  /// Batches in the order given.
  public static func sequential(count: Int, batchSize: Int) -> [[Int]] {
    stride(from: 0, to: count, by: batchSize).map { Array($0..<min(count, $0 + batchSize)) }
  }

  /// Batches of like lengths in random order: documents are shuffled, sorted by length within pools of 50 batches (as
  /// transformers' `group_by_length`), cut into batches, and the batches shuffled.
  public static func bucketed(
    lengths: [Int], batchSize: Int, using generator: inout SeededGenerator
  ) -> [[Int]] {
    var order = Array(lengths.indices)
    generator.shuffle(&order)
    var batches: [[Int]] = []
    for start in stride(from: 0, to: order.count, by: batchSize * 50) {
      let pool = order[start..<min(order.count, start + batchSize * 50)].sorted { lengths[$0] > lengths[$1] }
      batches += sequential(count: pool.count, batchSize: batchSize).map { $0.map { pool[$0] } }
    }
    generator.shuffle(&batches)
    return batches
  }

  /// Batches for prediction: longest documents first, as many in a batch as `tokenBudget` holds.
  public static func byLength(_ lengths: [Int], tokenBudget: Int) -> [[Int]] {
    let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    var batches: [[Int]] = []
    var tokens = 0
    for index in order {
      if batches.isEmpty || tokens + lengths[index] > tokenBudget {
        batches.append([])
        tokens = 0
      }
      batches[batches.count - 1].append(index)
      tokens += lengths[index]
    }
    return batches
  }
}
