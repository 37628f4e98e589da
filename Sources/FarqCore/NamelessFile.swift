public import Foundation

/// A temporary file without a name: it is written once, mapped or read, and gone with the process, however that ends.
public final class NamelessFile {
  private let descriptor: Int32
  private let folder: URL
  private var buffer: [UInt8] = []
  /// The bytes written so far.
  public private(set) var count = 0
  private static let bufferSize = 1 << 20

  /// Where large temporary files belong: `$TMPDIR`, else `/var/tmp`, which is on disk where `/tmp` may be memory.
  private static var folders: [URL] {
    let own = ProcessInfo.processInfo.environment["TMPDIR"].map { [URL(fileURLWithPath: $0)] } ?? []
    return own + [URL(fileURLWithPath: "/var/tmp"), FileManager.default.temporaryDirectory]
  }

  /// Makes the file.
  ///
  /// - Throws: ``FarqError`` `inputOutput` where no temporary folder can be written to.
  public init() throws {
    for folder in Self.folders {
      var template = Array((folder.path + "/farq-XXXXXX").utf8CString)
      let descriptor = mkstemp(&template)
      guard descriptor >= 0 else { continue }
      unlink(template)
      self.descriptor = descriptor
      self.folder = folder
      return
    }
    throw FarqError(.inputOutput, "there is no folder for temporary files: set TMPDIR to one with space")
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  ///
  /// - Throws: ``FarqError`` `inputOutput` where the disk is full.
  public func append(_ bytes: UnsafeRawBufferPointer) throws {
    buffer.append(contentsOf: bytes)
    count += bytes.count
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Maps what was written; nothing is appended afterwards.
  public func map() throws -> MappedFile {
    try flush()
    return try MappedFile(descriptor: descriptor, url: folder)
  }

  /// What was written, to be read from its start; the file stays as long as the handle. Nothing is appended afterwards.
  public func handle() throws -> FileHandle {
    try flush()
    let copy = dup(descriptor)
    guard copy >= 0, lseek(copy, 0, SEEK_SET) == 0 else {
      throw FarqError(.inputOutput, "cannot read a temporary file: \(String(cString: strerror(errno))); try again")
    }
    return FileHandle(fileDescriptor: copy, closeOnDealloc: true)
  }

  private func flush() throws {
    try buffer.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let written = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        guard written > 0 || errno == EINTR else {
          throw FarqError(
            .inputOutput,
            "cannot write to a temporary file in \(folder.path): \(String(cString: strerror(errno))); "
              + "make room or set TMPDIR to a folder with space")
        }
        done += max(written, 0)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
