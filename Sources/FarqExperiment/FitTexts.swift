import FarqCore
public import FarqInference
public import FarqModels
public import FarqTorch

/// The texts that a hybrid is fitted on: pieces of documents in random order, without their labels.
public struct FitTexts {
  private let pieces: [[Int32]]

  /// Draws pieces until they have `tokens` tokens, or all of them.
  public init(_ texts: any TokenPieces, tokens: Int, seed: UInt64) {
    var order = Array(0..<texts.pieceCount)
    var generator = SeededGenerator(seed: seed ^ 0x4649_54)
    generator.shuffle(&order)
    var (pieces, count) = ([[Int32]](), 0)
    for piece in order where count < tokens {
      pieces.append(texts.ids(of: piece))
      count += pieces[pieces.count - 1].count
    }
    self.pieces = pieces
  }

  /// The pieces, those of like lengths together.
  public func batches(on device: Device) throws -> [BERTInput] {
    try BatchPlan.byLength(pieces.map(\.count), tokenBudget: 4096).map { batch in
      try BERTInput(documents: batch.map { pieces[$0] }, device: device)
    }
  }
}
