public import Foundation

/// A file's bytes mapped into memory for reading; the mapping lives as long as this object.
///
/// `@unchecked Sendable`: the mapping is read-only and its address never changes.
public final class MappedFile: @unchecked Sendable {
  /// The mapped bytes; empty for an empty file. Valid as long as this object lives.
  public let bytes: UnsafeRawBufferPointer
  /// Where the file lies.
  public let url: URL

  /// Maps the file.
  ///
  /// - Throws: ``FarqError`` `missingInput` where there is no file, `inputOutput` where it cannot be read.
  public init(_ url: URL) throws {
    self.url = url
    let descriptor = open(url.path, O_RDONLY)
    guard descriptor >= 0 else {
      let kind: FarqError.Kind = errno == ENOENT ? .missingInput : .inputOutput
      throw FarqError(kind, "cannot open \(url.path): \(String(cString: strerror(errno))); check the path")
    }
    defer { close(descriptor) }
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
}
