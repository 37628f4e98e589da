import FarqCore
import FarqTorch
import Foundation

/// The saved states of a run: `<name>-<update>.safetensors`, each written whole, with a checksum, or not at all; the last few
/// are kept, so that a damaged one loses little.
struct SavedStates {
  let folder: URL
  let name: String
  private static let numbersKey = "farq_state"
  private static let checksumKey = "farq_checksum"

  /// The updates after which a state was saved, the last first.
  var steps: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.compactMap(step).sorted(by: >)
  }

  /// The file of the state after `step` updates.
  func file(_ step: Int) -> URL { folder.appendingPathComponent("\(name)-\(step).safetensors") }

  /// Saves a state, and then removes all but the last `kept`.
  ///
  /// - Throws: ``FarqError`` `inputOutput`; the states that were there stay.
  func save(_ tensors: [String: Tensor], numbers: some Encodable, step: Int, keeping kept: Int) throws {
    let text = String(decoding: try JSONEncoder().encode(numbers), as: UTF8.self)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let sum = try Self.checksum(tensors.keys, text) { tensors[$0] }
    try SafetensorsWriter.write(tensors, metadata: [Self.numbersKey: text, Self.checksumKey: sum], to: file(step))
    for old in steps.filter({ $0 <= step }).dropFirst(max(1, kept)) {
      try? FileManager.default.removeItem(at: file(old))
    }
  }

  /// The newest state that is whole, shared with all processes of `group`, of which the first alone reads files.
  ///
  /// - Parameter note: is told of states that are passed over.
  /// - Returns: nil where none was saved.
  /// - Throws: ``FarqError`` `badData` where none of those that were saved is whole.
  func newest(in group: ProcessGroup?, note: (String) -> Void) throws -> (source: SharedWeights, numbers: Data)? {
    var found: (file: SafetensorsFile, numbers: String)?
    var problem: FarqError?
    if group?.isFirst ?? true {
      for step in steps where found == nil {
        do {
          found = try read(file(step))
        } catch let error as FarqError {
          problem = error
          note("warning: \(error.message)")
        }
      }
      if found == nil, let problem {
        throw FarqError(.badData, "\(problem.message); no older state is whole: start anew without --resume")
      }
    }
    let numbers = try group?.broadcast(Array((found?.numbers ?? "").utf8)) ?? Array((found?.numbers ?? "").utf8)
    guard !numbers.isEmpty else { return nil }
    return (try SharedWeights(found?.file, group: group), Data(numbers))
  }

  /// Removes the states of a finished run.
  func removeAll() {
    for step in steps { try? FileManager.default.removeItem(at: file(step)) }
  }

  private func step(_ file: String) -> Int? {
    guard file.hasPrefix(name + "-"), file.hasSuffix(".safetensors") else { return nil }
    return Int(file.dropFirst(name.utf8.count + 1).dropLast(".safetensors".utf8.count))
  }

  private func read(_ file: URL) throws -> (SafetensorsFile, String) {
    let source = try SafetensorsFile(file)
    guard let text = source.metadata[Self.numbersKey], let expected = source.metadata[Self.checksumKey] else {
      throw FarqError(.badData, "\(file.path) is no saved state of Farq's")
    }
    guard try Self.checksum(source.entries.keys, text, source.tensor) == expected else {
      throw FarqError(.badData, "\(file.path) is damaged: its checksum is another one")
    }
    return (source, text)
  }

  /// SHA-256 of the numbers, and of each tensor's name, type, sizes and bytes.
  private static func checksum(
    _ names: some Sequence<String>, _ numbers: String, _ tensor: (String) throws -> Tensor?
  ) throws -> String {
    let hash = Digest()
    hash.update(Array(numbers.utf8))
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let tensor = try tensor(name) else { continue }
      hash.update(Array("\(name) \(tensor.dtype) \(tensor.shape)\n".utf8))
      hash.update(try tensor.bytes())
    }
    return hash.hexadecimal()
  }
}
