/// A sparse matrix by rows (CSR), as scikit-learn's vectorizers give it.
public struct SparseMatrix: Sendable, Equatable {
  /// Where each row starts in ``columns`` and ``values``; one more than there are rows.
  public internal(set) var rowStarts: [Int] = [0]
  /// The column of each stored value, rising within a row.
  public internal(set) var columns: [Int32] = []
  /// The stored values.
  public internal(set) var values: [Double] = []
  /// How many columns the matrix has.
  public let columnCount: Int

  /// An empty matrix of `columnCount` columns, to append rows to.
  init(columnCount: Int) {
    self.columnCount = columnCount
  }

  /// How many rows the matrix has.
  public var rowCount: Int { rowStarts.count - 1 }

  /// Appends the rows of `other`, which has the same columns.
  mutating func append(_ other: SparseMatrix) {
    let offset = columns.count
    columns.append(contentsOf: other.columns)
    values.append(contentsOf: other.values)
    rowStarts.append(contentsOf: other.rowStarts.dropFirst().map { $0 + offset })
  }
}
