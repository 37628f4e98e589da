import FarqCore
import Foundation

/// TF-IDF as scikit-learn's `TfidfVectorizer(sublinear_tf=True)`: words of `(?u)\b\w\w+\b` in lower case,
/// (1 + ln tf) · idf with the smooth idf = ln((1 + n) / (1 + df)) + 1, rows of length 1 (l2).
public struct TfidfVectorizer: Sendable {
  /// What a vectorizer can be told; the defaults are scikit-learn's, with sublinear term frequencies.
  public struct Options: Sendable, Equatable {
    /// Terms in fewer documents than this are left out (`min_df`).
    public var minimumDocumentFrequency: Int
    /// The longest n-gram, 1 or 2 (`ngram_range=(1, n)`).
    public var maximumLength: Int
    /// How many threads read the texts; no result depends on it.
    public var threads: Int

    /// Makes options.
    public init(minimumDocumentFrequency: Int = 1, maximumLength: Int = 1, threads: Int = 2) {
      self.minimumDocumentFrequency = minimumDocumentFrequency
      self.maximumLength = maximumLength
      self.threads = threads
    }
  }

  /// The options it was made with.
  public let options: Options
  /// The inverse document frequency of each term, in the order of ``vocabulary``.
  public let inverseDocumentFrequencies: [Double]
  private let table: TermTable
  /// The column of each term of the table, or -1 where it was too rare.
  private let columns: [Int32]

  /// How many terms it knows: the columns of its matrices.
  public var featureCount: Int { inverseDocumentFrequencies.count }

  /// The terms in the order of the columns, which is that of their code points (`get_feature_names_out`).
  public var vocabulary: [String] {
    var terms = [String](repeating: "", count: featureCount)
    for (term, column) in columns.enumerated() where column >= 0 {
      terms[Int(column)] = String(decoding: table.bytes(of: term), as: UTF8.self)
    }
    return terms
  }

  /// Learns the vocabulary of `texts` and gives their matrix [texts × ``featureCount``] (`fit_transform`).
  ///
  /// - Throws: ``FarqError`` `usage` for options that cannot be, `badData` where no term is left.
  public static func fit(
    _ texts: [String], options: Options = Options()
  ) throws -> (vectorizer: TfidfVectorizer, matrix: SparseMatrix) {
    guard (1...2).contains(options.maximumLength), options.minimumDocumentFrequency >= 1, options.threads >= 1 else {
      throw FarqError(.usage, "TF-IDF options out of range: n-grams are 1 or 2, the others at least 1; change them")
    }
    let parts = Parallel.map(count: texts.count, threads: options.threads) { range in
      var table = TermTable()
      let counts = TermCounts(texts[range], maximumLength: options.maximumLength) { table.insert($0) }
      return (table: table, counts: counts)
    }
    let merged = merge(parts)
    let vectorizer = TfidfVectorizer(merged.table, merged.frequencies, documents: texts.count, options)
    guard vectorizer.featureCount > 0 else {
      throw FarqError(
        .badData, "no words in \(texts.count) texts after filtering; give texts with words of two letters")
    }
    let matrices = Parallel.map(count: parts.count, threads: options.threads) { range in
      range.map { vectorizer.weigh(parts[$0].counts, termsOf: merged.maps[$0]) }
    }
    return (vectorizer, vectorizer.joined(matrices.flatMap { $0 }))
  }

  /// The matrix [texts × ``featureCount``] of `texts`; words never seen count nothing, a text without any known
  /// word is a row of zeros.
  public func transform(_ texts: [String]) -> SparseMatrix {
    joined(
      Parallel.map(count: texts.count, threads: options.threads) { range in
        let counts = TermCounts(texts[range], maximumLength: options.maximumLength) { table.find($0) }
        return weigh(counts, termsOf: nil)
      })
  }

  private init(_ table: TermTable, _ frequencies: [Int], documents: Int, _ options: Options) {
    let kept = (0..<table.count).filter { frequencies[$0] >= options.minimumDocumentFrequency }
      .sorted { table.bytes(of: $0).lexicographicallyPrecedes(table.bytes(of: $1)) }
    var columns = [Int32](repeating: -1, count: table.count)
    for (column, term) in kept.enumerated() { columns[term] = Int32(column) }
    self.table = table
    self.columns = columns
    self.options = options
    inverseDocumentFrequencies = kept.map { log(Double(1 + documents) / Double(1 + frequencies[$0])) + 1 }
  }

  /// One table of all parts, the document frequency of its terms, and each part's terms in it.
  private static func merge(
    _ parts: [(table: TermTable, counts: TermCounts)]
  ) -> (table: TermTable, frequencies: [Int], maps: [[Int32]]) {
    var table = TermTable()
    var frequencies: [Int] = []
    var maps: [[Int32]] = []
    for part in parts {
      let map = (0..<part.table.count).map { term in
        Int32(part.table.bytes(of: term).withUnsafeBufferPointer { table.insert($0) })
      }
      frequencies.append(contentsOf: repeatElement(0, count: table.count - frequencies.count))
      for term in part.counts.terms { frequencies[Int(map[Int(term)])] += 1 }
      maps.append(map)
    }
    return (table, frequencies, maps)
  }

  private func weigh(_ counts: TermCounts, termsOf map: [Int32]?) -> SparseMatrix {
    var matrix = SparseMatrix(columnCount: featureCount)
    var row: [(column: Int32, value: Double)] = []
    for index in 0..<counts.rowStarts.count - 1 {
      row.removeAll(keepingCapacity: true)
      for entry in counts.rowStarts[index]..<counts.rowStarts[index + 1] {
        let term = Int(counts.terms[entry])
        let column = columns[map.map { Int($0[term]) } ?? term]
        guard column >= 0 else { continue }
        let frequency = 1 + log(Double(counts.counts[entry]))
        row.append((column, frequency * inverseDocumentFrequencies[Int(column)]))
      }
      row.sort { $0.column < $1.column }
      let norm = row.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
      matrix.columns.append(contentsOf: row.lazy.map(\.column))
      matrix.values.append(contentsOf: row.lazy.map { $0.value / norm })
      matrix.rowStarts.append(matrix.columns.count)
    }
    return matrix
  }

  private func joined(_ parts: [SparseMatrix]) -> SparseMatrix {
    var whole = SparseMatrix(columnCount: featureCount)
    for part in parts { whole.append(part) }
    return whole
  }
}
