import FarqTorch
import Foundation
import Testing

/// Compares checkpoints.
enum Weights {
  /// The largest difference between two numbers at one place of two checkpoints' tensors.
  static func difference(_ one: URL, _ other: URL) throws -> Double {
    let (one, other) = (try file(one), try file(other))
    #expect(one.names == other.names)
    return try one.names.map { name in
      let (a, b) = (try #require(try one.tensor(name)).floats(), try #require(try other.tensor(name)).floats())
      #expect(a.count == b.count)
      return zip(a, b).map { abs(Double($0) - Double($1)) }.max() ?? 0
    }.max() ?? .infinity
  }

  /// Whether the checkpoints hold the same bytes.
  static func areSame(_ one: URL, _ other: URL) throws -> Bool {
    try Data(contentsOf: one.appendingPathComponent("model.safetensors"))
      == Data(contentsOf: other.appendingPathComponent("model.safetensors"))
  }

  private static func file(_ folder: URL) throws -> SafetensorsFile {
    try SafetensorsFile(folder.appendingPathComponent("model.safetensors"))
  }
}
