public import Foundation
import Synchronization

/// A file's bytes mapped into memory for reading; the mapping lives as long as this object.
///
/// `@unchecked Sendable`: the mapping is read-only and its address never changes.
public final class MappedFile: @unchecked Sendable {
  /// The mapped bytes; empty for an empty file. Valid as long as this object lives.
  public let bytes: UnsafeRawBufferPointer
  /// Where the file lies.
  public let url: URL
  private let touched = Atomic<Int>(0)
  /// So much is read through ``read(_:)`` before the pages read are given back.
  private static let window = 64 << 20
  /// What a read brings into memory at least: the system maps the pages around it too.
  private static let neighbourhood = 64 << 10

  /// Maps the file.
  ///
  /// - Throws: ``FarqError`` `missingInput` where there is no file, `inputOutput` where it cannot be read.
  public convenience init(_ url: URL) throws {
    let descriptor = open(url.path, O_RDONLY)
    guard descriptor >= 0 else {
      let kind: FarqError.Kind = errno == ENOENT ? .missingInput : .inputOutput
      throw FarqError(kind, "cannot open \(url.path): \(String(cString: strerror(errno))); check the path")
    }
    defer { close(descriptor) }
    try self.init(descriptor: descriptor, url: url)
  }

  /// Maps an open file, which may be closed and even removed afterwards; `url` names it in messages.
  ///
  /// - Throws: ``FarqError`` `inputOutput` where it cannot be read.
  public init(descriptor: Int32, url: URL) throws {
    self.url = url
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FarqError(.inputOutput, "cannot read \(url.path): not a regular file; give a file")
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw FarqError(.inputOutput, "cannot map \(url.path): \(String(cString: strerror(errno))); free some memory")
    }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  deinit {
    if let address = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: address), bytes.count) }
  }

  /// The bytes in `range`, for a file that is larger than memory: every so often all pages read so far are given back
  /// to the system, so that they do not pile up as this process's memory.
  public func read(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    let cost = max(range.count, Self.neighbourhood)
    if touched.add(cost, ordering: .relaxed).newValue > Self.window {
      touched.store(0, ordering: .relaxed)
      if let address = bytes.baseAddress {
        madvise(UnsafeMutableRawPointer(mutating: address), bytes.count, MADV_DONTNEED)
      }
    }
    return UnsafeRawBufferPointer(rebasing: bytes[range])
  }
}
