import FarqCore
import FarqModels
import FarqTorch
import Testing

@Suite struct PackedRowsTests {
  @Test func padsAndPacks() throws {
    let rows = try PackedRows(lengths: [2, 1])
    #expect(rows.offsets == [0, 2, 3])
    #expect((rows.documentCount, rows.rowCount, rows.maximumLength) == (2, 3, 2))
    #expect(try rows.firstRows().integers() == [0, 2])
    #expect(try rows.mask().integers() == [1, 1, 1, 0])
    let tokens = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2])
    let heads = try rows.heads(tokens, count: 2, size: 1)
    #expect(heads.shape == [2, 2, 2, 1])
    #expect(try heads.floats() == [1, 3, 2, 4, 5, 0, 6, 0])
    #expect(try rows.rows(heads).equals(tokens))
  }

  @Test func batchesOfOneLengthAreNotCopied() throws {
    let rows = try PackedRows(lengths: [2, 2])
    let tokens = try Tensor([1, 2, 3, 4] as [Float], shape: [4, 1])
    #expect(try rows.heads(tokens, count: 1, size: 1).shape == [2, 1, 2, 1])
    #expect(try rows.rows(rows.heads(tokens, count: 1, size: 1)).equals(tokens))
  }

  @Test func refusesEmptyDocuments() {
    #expect(throws: FarqError.self) { try PackedRows(lengths: [1, 0]) }
    #expect(throws: FarqError.self) { try PackedRows(lengths: []) }
    #expect(throws: FarqError.self) { try BERTInput(paddedIDs: [1, 2, 3], mask: [true, true, true], width: 2) }
    #expect(throws: FarqError.self) { try BERTInput(paddedIDs: [1, 2], mask: [true], width: 2) }
  }

  @Test func keepsThePositionsOfTokensAfterPadding() throws {
    let input = try BERTInput(paddedIDs: [0, 7, 8, 9, 0, 0], mask: [false, true, true, true, false, false], width: 3)
    #expect(try input.ids.integers() == [7, 8, 9])
    #expect(try input.positions.integers() == [1, 2, 0])
  }
}
