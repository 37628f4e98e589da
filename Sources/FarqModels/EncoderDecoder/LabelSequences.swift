import FarqTorch

/// Names of labels as the decoder takes them: `[CLS]` and the name's tokens go in, the tokens and `[SEP]` are to come
/// out. R rows in all, one after the other.
struct LabelSequences {
  /// What goes in, each name a document of its own.
  let input: BERTInput
  /// The same rows by document: all its names look at the same encoder's states.
  let rowsByDocument: PackedRows
  /// The token that is to come out of each row, [R].
  let targets: Tensor
  /// The label that each row belongs to, [R].
  let labels: Tensor

  /// - Parameter labels: the labels whose names are written for each document.
  init(_ tokens: LabelTokens, labels: [[Int]], device: Device) throws {
    let names = labels.joined().map { (label: $0, tokens: tokens.names[$0]) }
    input = try BERTInput(documents: names.map { [tokens.start] + $0.tokens }, device: device)
    rowsByDocument = try PackedRows(
      lengths: labels.map { $0.reduce(0) { $0 + tokens.names[$1].count + 1 } }, device: device)
    let count = input.rows.rowCount
    targets = try Tensor(names.flatMap { ($0.tokens + [tokens.end]).map { Int64($0) } }, shape: [count]).to(device)
    self.labels = try Tensor(
      names.flatMap { Array(repeating: Int64($0.label), count: $0.tokens.count + 1) }, shape: [count]
    ).to(device)
  }
}
