import FarqCore
import FarqTorch
import Foundation

/// A file of tensors that process 0 reads and sends to all others, which need not see it. All must ask for the same names in
/// the same order.
struct SharedWeights: WeightSource {
  private let file: SafetensorsFile?
  private let group: ProcessGroup?
  private let entries: [String: Entry]

  private struct Entry: Codable {
    let dtype: Int32
    let shape: [Int]
  }

  /// - Parameters:
  ///   - file: of process 0.
  ///   - group: the processes; nil for this one alone.
  init(_ file: SafetensorsFile?, group: ProcessGroup?) throws {
    self.file = file
    self.group = group
    let own = (file?.entries ?? [:]).mapValues { Entry(dtype: $0.dtype.rawValue, shape: $0.shape) }
    guard let group else {
      entries = own
      return
    }
    let bytes = try group.broadcast(Array(JSONEncoder().encode(own)))
    entries = try JSONDecoder().decode([String: Entry].self, from: Data(bytes))
  }

  var names: Set<String> { Set(entries.keys) }

  func shape(of name: String) -> [Int]? { entries[name]?.shape }

  func tensor(_ name: String) throws -> Tensor? {
    guard let entry = entries[name] else { return nil }
    guard let group else { return try file?.tensor(name) }
    // A copy: what is mapped must not be written to.
    let tensor =
      try file?.tensor(name)?.clone() ?? .zeros(entry.shape, dtype: DType(rawValue: entry.dtype) ?? .float32)
    try group.broadcast(tensor)
    return tensor
  }
}
