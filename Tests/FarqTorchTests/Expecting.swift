import FarqTesting
import FarqTorch
import Testing

/// Compares numbers; a value that is not finite is never close.
func expectClose(
  _ actual: [Float], _ expected: [Float], within tolerance: Float, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  let worst = zip(actual, expected).map { ($0 - $1).isFinite ? abs($0 - $1) : .infinity }.max() ?? 0
  #expect(worst <= tolerance, "\(what) departs by \(worst)", sourceLocation: sourceLocation)
}

/// The tensors of a fixture.
struct Peer {
  let file: SafetensorsFile

  init(_ name: String) throws {
    file = try SafetensorsFile(Fixture.url(name))
  }

  func callAsFunction(_ name: String) throws -> Tensor {
    try #require(try file.tensor(name), "the fixture has no \(name)")
  }

  /// A copy that keeps gradients.
  func leaf(_ name: String) throws -> Tensor {
    let tensor = try self(name).clone()
    try tensor.setRequiresGradient(true)
    return tensor
  }
}
