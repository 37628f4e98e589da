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

  /// A batch in as many parts as it takes for each to have at most `tokenBudget` tokens once padded to its longest document
  /// (a single longer one is a part of its own); nil leaves it whole.
  public static func within(_ tokenBudget: Int?, _ batch: [Int], lengths: [Int]) -> [[Int]] {
    guard let tokenBudget else { return [batch] }
    var parts: [[Int]] = []
    var longest = 0
    for index in batch {
      longest = max(longest, lengths[index])
      if let last = parts.indices.last, longest * (parts[last].count + 1) <= tokenBudget {
        parts[last].append(index)
      } else {
        parts.append([index])
        longest = lengths[index]
      }
    }
    return parts
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
