import FarqCore

/// What each document of a corpus is about, told from the words of the whole corpus alone: latent semantic analysis
/// (Deerwester et al. 1990), as scikit-learn's `TfidfTransformer(sublinear_tf=True)` and `TruncatedSVD` with the
/// randomized solver (Halko et al. 2011) work it out.
///
/// A document's vector is its place among the corpus's strongest directions, without what all documents share, of
/// length 1 and turned at random, so that no component weighs more than another.
package struct LatentSemantics {
  /// More directions tell no more about a text's subject.
  private static let largestRank = 192
  /// Halko et al. 2011, section 4.5: a few power iterations make the directions exact enough.
  private static let iterations = 4

  /// Components of a vector.
  package let size: Int
  /// [documents, size]
  private var vectors: [Float]

  /// - Parameters:
  ///   - vocabulary: ids are below it.
  ///   - size: components of a vector.
  package init(_ corpus: TokenCorpus, vocabulary: Int, size: Int, seed: UInt64) throws {
    self.size = size
    let rank = min(Self.largestRank, size, corpus.documentCount)
    let words = DocumentWords(corpus, vocabulary: vocabulary)
    var generator = SeededGenerator(seed: seed ^ 0x4C53_41)
    var directions = try OrthonormalRows(random: rank, width: vocabulary, seed: generator.next())
    for _ in 0...Self.iterations { directions = try OrthonormalRows(words.product(with: directions)) }
    var places = try words.projections(on: directions)  // [documents, rank]
    Self.normalize(&places, width: rank)
    Self.center(&places, width: rank)
    Self.normalize(&places, width: rank)
    let turn = try OrthonormalRows(random: rank, width: size, seed: generator.next())
    vectors = try turn.combinations(places)  // [documents, size]
  }

  /// The vector of a document.
  package subscript(document: Int) -> ArraySlice<Float> { vectors[document * size..<(document + 1) * size] }

  private static func normalize(_ rows: inout [Float], width: Int) {
    for start in stride(from: 0, to: rows.count, by: width) {
      let squares = rows[start..<start + width].reduce(Float(0)) { $0 + $1 * $1 }
      guard squares > 0 else { continue }
      for place in start..<start + width { rows[place] /= squares.squareRoot() }
    }
  }

  private static func center(_ rows: inout [Float], width: Int) {
    var mean = [Double](repeating: 0, count: width)
    for place in rows.indices { mean[place % width] += Double(rows[place]) }
    let count = Double(max(1, rows.count / width))
    for place in rows.indices { rows[place] -= Float(mean[place % width] / count) }
  }
}
