import FarqTesting
import FarqTraining
import Foundation
import Testing

/// What documents are about, against scikit-learn's `TfidfTransformer` and `TruncatedSVD`.
@Suite struct LatentSemanticsTests {
  /// `semantics.json`
  struct Expected: Decodable {
    let documents: [[Int32]]
    let cosines: [[Float]]

    var corpus: TokenCorpus {
      var corpus = TokenCorpus()
      for document in documents { corpus.append(document) }
      return corpus
    }
  }

  private func cosine(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func documentsLieAsScikitLearnPutsThem() throws {
    let expected = try Fixture.decode(Expected.self, from: "semantics.json")
    let semantics = try LatentSemantics(expected.corpus, vocabulary: 40, size: 6, seed: 1)
    for (first, row) in expected.cosines.enumerated() {
      for (second, cosine) in row.enumerated() {
        let found = self.cosine(semantics[first], semantics[second])
        #expect(abs(found - cosine) < 2e-3, "\(first) and \(second): \(found) is not \(cosine)")
      }
    }
  }

  /// With more components than documents, or words that always stand together, what is left over is 0 and no document is
  /// without a number.
  @Test func fewDocumentsGiveFiniteVectors() throws {
    var corpus = TokenCorpus()
    for document: [Int32] in [[5, 5, 6], [5, 5, 6], [7]] { corpus.append(document) }
    let semantics = try LatentSemantics(corpus, vocabulary: 10, size: 8, seed: 1)
    #expect((0..<3).allSatisfy { semantics[$0].count == 8 && semantics[$0].allSatisfy(\.isFinite) })
    #expect(abs(cosine(semantics[0], semantics[1]) - 1) < 1e-4)
    #expect(cosine(semantics[0], semantics[2]) < 0)
  }

  /// The same text and seed give the same vectors.
  @Test func isTheSameEachTime() throws {
    let corpus = try Fixture.decode(Expected.self, from: "semantics.json").corpus
    let both = try (0..<2).map { _ in try LatentSemantics(corpus, vocabulary: 40, size: 16, seed: 3) }
    #expect((0..<corpus.documentCount).allSatisfy { Array(both[0][$0]) == Array(both[1][$0]) })
  }

  @Test func findsTheDocumentOfAToken() {
    var corpus = TokenCorpus()
    for length in [3, 1, 4] { corpus.append([Int32](repeating: 5, count: length)) }
    #expect((0..<8).map(corpus.document) == [0, 0, 0, 1, 2, 2, 2, 2])
  }
}
