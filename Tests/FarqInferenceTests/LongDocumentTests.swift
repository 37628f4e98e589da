import FarqInference
import Testing

@Suite struct LongDocumentTests {
  private let ids = (0..<100).map(Int32.init)

  @Test func shortDocumentsStayWhole() {
    for long in LongDocument.allCases {
      #expect(long.pieces(of: ids, room: 100).map(Array.init) == [ids])
    }
  }

  @Test func headAndTailKeepTheirEnds() {
    #expect(LongDocument.head.pieces(of: ids, room: 10).map(Array.init) == [Array(0..<10).map(Int32.init)])
    #expect(LongDocument.tail.pieces(of: ids, room: 10).map(Array.init) == [Array(90..<100).map(Int32.init)])
  }

  /// 128 + 382 of the 510 tokens that 512 leave (Sun et al. 2019).
  @Test func headTailKeepsAQuarterOfTheHead() throws {
    let long = (0..<2000).map(Int32.init)
    let piece = try #require(LongDocument.headTail.pieces(of: long, room: 510).first.map(Array.init))
    #expect(piece == Array(0..<128).map(Int32.init) + Array(1618..<2000).map(Int32.init))
  }

  @Test func windowsCoverEveryTokenInPiecesOfTheRoom() {
    let pieces = LongDocument.window.pieces(of: ids, room: 30)
    #expect(pieces.allSatisfy { $0.count == 30 })
    #expect(Set(pieces.joined()) == Set(ids))
    #expect(pieces.last?.last == 99)
  }
}
