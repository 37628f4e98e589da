import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// A padded batch and what the peer made of it: a fixture's `expected.safetensors`, or a file of `variants`.
struct Expected {
  let file: SafetensorsFile
  let width: Int
  let ids: [Int32]
  let mask: [Bool]

  init(_ name: String) throws {
    try self.init(url: Fixture.url(name))
  }

  init(url: URL) throws {
    file = try SafetensorsFile(url)
    let padded = try #require(try file.tensor("input_ids"))
    width = padded.shape[1]
    ids = try padded.integers().map(Int32.init)
    mask = try #require(try file.tensor("attention_mask")).integers().map { $0 == 1 }
  }

  func tensor(_ name: String) throws -> Tensor {
    try #require(try file.tensor(name), "the fixture has no \(name)")
  }

  func input() throws -> BERTInput {
    try BERTInput(paddedIDs: ids, mask: mask, width: width)
  }

  /// The documents without their padding.
  var documents: [[Int32]] {
    stride(from: 0, to: ids.count, by: width).map { start in
      (0..<width).filter { mask[start + $0] }.map { ids[start + $0] }
    }
  }
}

/// Compares numbers; a value that is not finite is never close.
func expectClose(
  _ actual: [Float], _ expected: [Float], within tolerance: Float, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  let worst = zip(actual, expected).map { ($0 - $1).isFinite ? abs($0 - $1) : .infinity }.max() ?? 0
  #expect(worst <= tolerance, "\(what) departs by \(worst)", sourceLocation: sourceLocation)
}
