import FarqCore
public import Foundation

/// A safetensors file, mapped into memory: a tensor is read only when it is asked for.
public final class SafetensorsFile: WeightSource {
  /// The tensors by name.
  public let entries: [String: SafetensorsEntry]
  /// The free text of `__metadata__`.
  public let metadata: [String: String]
  /// Further names of tensors that a model ties: safetensors' `save_model` keeps one name and writes the others into the
  /// metadata, each with the name that was kept.
  private let aliases: [String: String]
  private let file: MappedFile
  private let dataStart: Int

  /// Maps the file and checks its header.
  ///
  /// - Throws: ``FarqError`` `missingInput`, or `badData` that says what is wrong with the file.
  public init(_ url: URL) throws {
    file = try MappedFile(url)
    do {
      let header = try SafetensorsHeader(file: file.bytes)
      entries = header.entries
      metadata = header.metadata
      aliases = header.metadata.filter { header.entries[$0.key] == nil && header.entries[$0.value] != nil }
      dataStart = header.dataStart
    } catch let problem as HeaderScanner.Problem {
      throw FarqError(.badData, "\(url.path) is no valid safetensors file: \(problem.words); get or save it again")
    }
  }

  /// The names of all tensors, aliases too.
  public var names: Set<String> { Set(entries.keys).union(aliases.keys) }

  /// The sizes of the tensor `name`.
  public func shape(of name: String) -> [Int]? { entry(name)?.shape }

  private func entry(_ name: String) -> SafetensorsEntry? {
    entries[name] ?? aliases[name].flatMap { entries[$0] }
  }

  /// The tensor `name`, over the mapped bytes where they are aligned, else over a copy.
  public func tensor(_ name: String) throws -> Tensor? {
    guard let entry = entry(name) else { return nil }
    let range = (entry.range.lowerBound + dataStart)..<(entry.range.upperBound + dataStart)
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
    let isAligned = bytes.baseAddress.map { UInt(bitPattern: $0) % UInt(entry.dtype.byteCount) == 0 } ?? false
    guard isAligned, !bytes.isEmpty else { return try Tensor(bytes: bytes, shape: entry.shape, dtype: entry.dtype) }
    return try .borrowing(bytes, owner: file, shape: entry.shape, dtype: entry.dtype)
  }
}
