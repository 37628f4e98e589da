import FarqModels
import FarqTorch

/// Padded batches of several shapes, the ids drawn from a simple sequence.
struct PaddedBatch: Codable {
  let ids: [[Int]]
  let mask: [[Int]]
  let types: [[Int]]

  init(lengths: [Int], width: Int) {
    ids = lengths.enumerated().map { row, length in
      (0..<width).map { $0 < length ? 2 + (row * 31 + $0 * $0 * 7 + $0) % 48 : 0 }
    }
    mask = lengths.map { length in (0..<width).map { $0 < length ? 1 : 0 } }
    types = lengths.map { _ in [Int](repeating: 0, count: width) }
  }

  static let all = [
    PaddedBatch(lengths: [1], width: 1), PaddedBatch(lengths: [9], width: 9),
    PaddedBatch(lengths: [5, 12, 1], width: 12),
    PaddedBatch(lengths: [2, 3], width: 16), PaddedBatch(lengths: [7, 7, 7, 6, 1], width: 7),
  ]
  static let long = PaddedBatch(lengths: [40, 17], width: 40)

  /// Farq's logits, row by row.
  func logits(of model: BERTClassifier) throws -> [Float] {
    let input = try BERTInput(
      paddedIDs: ids.joined().map(Int32.init), mask: mask.joined().map { $0 == 1 }, width: ids.first?.count ?? 0)
    return try Torch.withoutGradients { try model(input).floats() }
  }
}
