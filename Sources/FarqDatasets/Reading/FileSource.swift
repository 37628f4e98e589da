import FarqCore
import Foundation

/// A file, or any file descriptor, read front to back.
final class FileSource: ByteSource {
  private let descriptor: Int32
  private let isOwned: Bool
  private let name: String

  /// Opens the file at `path`.
  ///
  /// - Throws: ``FarqError`` `missingInput` where there is no file, `inputOutput` where it cannot be opened.
  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    isOwned = true
    name = path
    guard descriptor >= 0 else {
      let kind: FarqError.Kind = errno == ENOENT ? .missingInput : .inputOutput
      throw FarqError(kind, "cannot open \(path): \(String(cString: strerror(errno))); check the path")
    }
  }

  /// Reads from an open descriptor, which stays the caller's.
  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isOwned = false
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  /// The file at its present place, where it is one that can be read at any place, and no pipe.
  var seekable: FileHandle? {
    lseek(descriptor, 0, SEEK_CUR) < 0 ? nil : FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw FarqError(.inputOutput, "cannot read \(name): \(String(cString: strerror(errno))); check the file")
      }
    }
  }
}
