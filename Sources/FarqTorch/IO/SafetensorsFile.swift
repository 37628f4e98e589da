import FarqCore
public import Foundation

/// A safetensors file, mapped into memory: a tensor is read only when it is asked for.
public final class SafetensorsFile: WeightSource {
  /// The tensors by name.
  public let entries: [String: SafetensorsEntry]
  /// The free text of `__metadata__`.
  public let metadata: [String: String]
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
      dataStart = header.dataStart
    } catch let problem as HeaderScanner.Problem {
      throw FarqError(.badData, "\(url.path) is no valid safetensors file: \(problem.words); get or save it again")
    }
  }

  /// The names of all tensors.
  public var names: Set<String> { Set(entries.keys) }

  /// The sizes of the tensor `name`.
  public func shape(of name: String) -> [Int]? { entries[name]?.shape }

  /// The tensor `name`, over the mapped bytes where they are aligned, else over a copy.
  public func tensor(_ name: String) throws -> Tensor? {
    guard let entry = entries[name] else { return nil }
    let range = (entry.range.lowerBound + dataStart)..<(entry.range.upperBound + dataStart)
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
    let isAligned = bytes.baseAddress.map { UInt(bitPattern: $0) % UInt(entry.dtype.byteCount) == 0 } ?? false
    guard isAligned, !bytes.isEmpty else { return try Tensor(bytes: bytes, shape: entry.shape, dtype: entry.dtype) }
    return try .borrowing(bytes, owner: file, shape: entry.shape, dtype: entry.dtype)
  }
}
