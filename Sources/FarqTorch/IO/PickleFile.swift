import FarqCore
public import Foundation

/// A `pytorch_model.bin`: pickled tensors in a zip, or in the one stream that torch wrote before version 1.6.
///
/// The pickle is read by ``PickleReader``, which knows tensors and plain containers and can run nothing. The elements
/// stay in the mapped file until a tensor is asked for.
public final class PickleFile: WeightSource {
  private let file: MappedFile
  private var tensors: [String: PickleTensor] = [:]
  /// The places of the storages' bytes in the file.
  private var storages: [String: Range<Int>] = [:]

  /// Maps the file and reads what tensors it has.
  ///
  /// - Throws: ``FarqError`` `missingInput`, or `badData` that says what is wrong with the file.
  public init(_ url: URL) throws {
    file = try MappedFile(url)
    do {
      let (reader, root) = ZipArchive.isZip(file.bytes) ? try readZip() : try readStream()
      try withExtendedLifetime(reader) { try list(root) }
    } catch let problem as PickleReader.Problem {
      throw Self.error(url, problem.words)
    } catch let problem as ZipArchive.Problem {
      throw Self.error(url, problem.words)
    }
  }

  /// The names of all tensors.
  public var names: Set<String> { Set(tensors.keys) }

  /// The sizes of the tensor `name`.
  public func shape(of name: String) -> [Int]? { tensors[name]?.shape }

  /// The tensor `name`, over the mapped bytes where they are aligned and in order, else over a copy.
  public func tensor(_ name: String) throws -> Tensor? {
    guard let tensor = tensors[name] else { return nil }
    do {
      return try view(tensor, name)
    } catch let problem as PickleReader.Problem {
      throw Self.error(file.url, problem.words)
    }
  }

  private static func error(_ url: URL, _ words: String) -> FarqError {
    FarqError(.badData, "\(url.path) is no dictionary of tensors: \(words); use model.safetensors instead")
  }

  private func list(_ root: PickleValue) throws {
    for (key, value) in try Self.weights(root).items {
      guard let name = key.string, case .tensor(let tensor) = value else {
        throw PickleReader.Problem(words: "a member is no named tensor")
      }
      guard let place = storages[tensor.storage.key] else {
        throw PickleReader.Problem(words: "the storage of \(name) is missing")
      }
      _ = try indices(tensor, name, storageCount: place.count / tensor.storage.dtype.byteCount)
      tensors[name] = tensor
    }
  }

  /// The dictionary of tensors: the file's own, or what a training loop saved as its `state_dict`.
  private static func weights(_ root: PickleValue) throws -> PickleDictionary {
    guard case .dictionary(let dictionary) = root else { throw PickleReader.Problem(words: "it holds no dictionary") }
    for case (.string("state_dict"), .dictionary(let inner)) in dictionary.items { return inner }
    return dictionary
  }

  /// `<root>/data.pkl` and `<root>/data/<key>`.
  private func readZip() throws -> (PickleReader, PickleValue) {
    let archive = try ZipArchive(file.bytes)
    let suffix = "/data.pkl"
    guard let (name, place) = archive.members.first(where: { $0.key.hasSuffix(suffix) }) else {
      throw PickleReader.Problem(words: "it has no data.pkl")
    }
    let root = name.dropLast(suffix.count)
    if let order = archive.members["\(root)/byteorder"], !file.bytes[order].starts(with: Array("little".utf8)) {
      throw PickleReader.Problem(words: "its numbers are big-endian")
    }
    for (member, range) in archive.members where member.hasPrefix("\(root)/data/") {
      storages[String(member.dropFirst(root.count + 6))] = range
    }
    var reader = PickleReader(UnsafeRawBufferPointer(rebasing: file.bytes[place]))
    let value = try reader.value()
    return (reader, value)
  }

  /// Pickles of a magic number, a version and the machine; the dictionary; the storages' keys; and for each key a count
  /// and its elements.
  private func readStream() throws -> (PickleReader, PickleValue) {
    var reader = PickleReader(file.bytes)
    _ = try reader.value()
    guard try reader.value().integer == 1001 else { throw PickleReader.Problem(words: "its form is unknown") }
    _ = try reader.value()
    let root = try reader.value()
    guard case .list(let keys) = try reader.value() else {
      throw PickleReader.Problem(words: "its list of storages is missing")
    }
    try readStorages(keys.elements.compactMap(\.string), root: root, from: reader.position)
    return (reader, root)
  }

  private func readStorages(_ keys: [String], root: PickleValue, from start: Int) throws {
    var widths: [String: Int] = [:]
    for case (_, .tensor(let tensor)) in try Self.weights(root).items {
      widths[tensor.storage.key] = tensor.storage.dtype.byteCount
    }
    var position = start
    for key in keys {
      guard file.bytes.count - position >= 8, let width = widths[key] else {
        throw PickleReader.Problem(words: "it is cut off")
      }
      let count = try UnsafeRawBufferPointer(rebasing: file.bytes[position..<(position + 8)]).littleEndianInteger()
      position += 8
      guard count <= (file.bytes.count - position) / width else { throw PickleReader.Problem(words: "it is cut off") }
      storages[key] = position..<(position + count * width)
      position += count * width
    }
  }

  private func view(_ tensor: PickleTensor, _ name: String) throws -> Tensor {
    let dtype = tensor.storage.dtype
    guard let place = storages[tensor.storage.key] else {
      throw PickleReader.Problem(words: "the storage of \(name) is missing")
    }
    let indices = try self.indices(tensor, name, storageCount: place.count / dtype.byteCount)
    if indices.isContiguous {
      let first = place.lowerBound + tensor.offset * dtype.byteCount
      let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[first..<(first + indices.count * dtype.byteCount)])
      let isAligned = bytes.baseAddress.map { UInt(bitPattern: $0) % UInt(dtype.byteCount) == 0 } ?? false
      guard isAligned, !bytes.isEmpty else { return try Tensor(bytes: bytes, shape: tensor.shape, dtype: dtype) }
      return try .borrowing(bytes, owner: file, shape: tensor.shape, dtype: dtype)
    }
    let whole = try Tensor(
      bytes: UnsafeRawBufferPointer(rebasing: file.bytes[place]), shape: [place.count / dtype.byteCount], dtype: dtype)
    return try whole.selecting(0, Tensor(elements(tensor), shape: [indices.count])).reshaped(tensor.shape)
  }

  /// Checks that the view lies in its storage; its count, and whether it is in row-major order.
  private func indices(
    _ tensor: PickleTensor, _ name: String, storageCount: Int
  ) throws -> (count: Int, isContiguous: Bool) {
    let problem = PickleReader.Problem(words: "the tensor \(name) lies outside its storage")
    guard tensor.offset >= 0, tensor.offset <= storageCount, (tensor.shape + tensor.strides).allSatisfy({ $0 >= 0 })
    else { throw problem }
    guard CheckedSize.count(tensor.shape) != nil else { throw problem }
    guard !tensor.shape.contains(0) else { return (0, true) }
    var (count, last, isContiguous) = (1, tensor.offset, true)
    for (size, stride) in zip(tensor.shape, tensor.strides).reversed() {
      if size > 1 && stride != count { isContiguous = false }
      let (reach, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
      let (product, tooMany) = count.multipliedReportingOverflow(by: size)
      guard !overflow, !tooMany, reach < storageCount, last + reach < storageCount else { throw problem }
      last += reach
      count = product
    }
    // A view that repeats elements could otherwise claim any amount of memory.
    guard last < storageCount, count <= storageCount else { throw problem }
    return (count, isContiguous)
  }

  /// The places of the elements in the storage, in row-major order.
  private func elements(_ tensor: PickleTensor) -> [Int64] {
    zip(tensor.shape, tensor.strides).reduce([Int64(tensor.offset)]) { places, dimension in
      places.flatMap { place in (0..<dimension.0).map { place + Int64($0 * dimension.1) } }
    }
  }
}
