public import Foundation

/// Writes files that are either whole or not there: temporary name, fsync, rename, fsync of the folder.
public enum AtomicFile {
  /// Writes `data` to `url`.
  ///
  /// - Throws: ``FarqError`` of kind `inputOutput`; nothing is left behind then.
  public static func write(_ data: Data, to url: URL) throws {
    try write(to: url) { handle in try handle.write(contentsOf: data) }
  }

  /// Writes `text` as UTF-8 to `url`.
  public static func write(_ text: String, to url: URL) throws {
    try write(Data(text.utf8), to: url)
  }

  /// Lets `body` write to a temporary file beside `url`, which takes the place of `url` when `body` returns.
  ///
  /// - Throws: what `body` throws, or ``FarqError`` of kind `inputOutput`; nothing is left behind then.
  public static func write(to url: URL, _ body: (FileHandle) throws -> Void) throws {
    let folder = url.deletingLastPathComponent()
    let temporary = folder.appendingPathComponent(
      ".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).\(UInt32.random(in: .min ... .max)).part")
    guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
      throw FarqError(.inputOutput, "cannot write in \(folder.path): \(systemMessage()); check the path and its rights")
    }
    do {
      let handle = try FileHandle(forWritingTo: temporary)
      defer { try? handle.close() }
      try body(handle)
      try handle.synchronize()
      guard rename(temporary.path, url.path) == 0 else {
        throw FarqError(.inputOutput, "cannot write \(url.path): \(systemMessage()); check the path and its rights")
      }
      synchronize(folder: folder)
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw (error as? FarqError)
        ?? FarqError(.inputOutput, "cannot write \(url.path): \(error.localizedDescription); check space and rights")
    }
  }

  /// Makes the rename itself durable; a file system that cannot sync folders is left as it is.
  private static func synchronize(folder: URL) {
    let descriptor = open(folder.path, O_RDONLY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func systemMessage() -> String {
    String(cString: strerror(errno))
  }
}
