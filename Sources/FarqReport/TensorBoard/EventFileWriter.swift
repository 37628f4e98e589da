import FarqCore
public import Foundation

/// Writes an event file that TensorBoard reads: TFRecord frames (length, masked CRC-32C, data, masked CRC-32C)
/// of events. Each writer has a file of its own, so a resumed training adds a file and overwrites none.
///
/// Whole records only are handed to the system; what is written stays readable if the process ends at any moment,
/// and at most the last `flushInterval` seconds are lost.
///
/// `@unchecked Sendable`: all state is guarded by the lock.
public final class EventFileWriter: @unchecked Sendable {
  /// The event file.
  public let url: URL
  private let lock = NSLock()
  private let handle: FileHandle
  private let flushInterval: TimeInterval
  private var buffer = Data()
  private var lastFlush = Date()
  private var isOpen = true

  /// Makes `folder` and an event file in it.
  ///
  /// - Parameters:
  ///   - folder: a folder of `logs/`, one a model; TensorBoard shows it as a run.
  ///   - flushInterval: after how many seconds records are handed to the system at the latest, when the next comes.
  /// - Throws: ``FarqError`` `inputOutput`.
  public init(folder: URL, flushInterval: TimeInterval = 5) throws {
    self.flushInterval = flushInterval
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FarqError(
        .inputOutput, "cannot make \(folder.path): \(error.localizedDescription); check the path and its rights")
    }
    let process = ProcessInfo.processInfo.processIdentifier
    let seconds = Int(Date().timeIntervalSince1970)
    (url, handle) = try Self.newFile(in: folder, prefix: "events.out.tfevents.\(seconds).farq.\(process)")
    try add(.version, step: 0, time: Date())
    try flush()
  }

  deinit {
    try? close()
  }

  /// Adds a number.
  public func add(scalar value: Double, tag: String, step: Int, time: Date = Date()) throws {
    try add(.scalar(tag: tag, value: Float(value)), step: step, time: time)
  }

  /// Adds text, which TensorBoard shows as Markdown.
  public func add(text: String, tag: String, step: Int, time: Date = Date()) throws {
    try add(.text(tag: tag, text), step: step, time: time)
  }

  /// Adds an image.
  public func add(image: PixelImage, tag: String, step: Int, time: Date = Date()) throws {
    let content = EventMessage.Content.image(tag: tag, png: image.png, width: image.width, height: image.height)
    try add(content, step: step, time: time)
  }

  /// Adds a histogram.
  public func add(histogram: EventHistogram, tag: String, step: Int, time: Date = Date()) throws {
    try add(.histogram(tag: tag, histogram), step: step, time: time)
  }

  /// Hands all records to the system and waits until they are on disk.
  public func flush() throws {
    try lock.withLock {
      try write()
      guard isOpen else { return }
      do { try handle.synchronize() } catch { throw failure(error) }
    }
  }

  /// Flushes and closes the file; later records are an error.
  public func close() throws {
    try lock.withLock {
      guard isOpen else { return }
      try write()
      isOpen = false
      do { try handle.close() } catch { throw failure(error) }
    }
  }

  private func add(_ content: EventMessage.Content, step: Int, time: Date) throws {
    let message = EventMessage(wallTime: time.timeIntervalSince1970, step: step, content: content)
    try lock.withLock {
      guard isOpen else { throw FarqError(.fault, "\(url.path) is closed; please report this") }
      buffer.append(contentsOf: RecordFrame.frame(message.bytes))
      if buffer.count > 1 << 16 || Date().timeIntervalSince(lastFlush) >= flushInterval { try write() }
    }
  }

  /// Writes the buffer; the lock is held.
  private func write() throws {
    guard isOpen, !buffer.isEmpty else { return }
    do { try handle.write(contentsOf: buffer) } catch { throw failure(error) }
    buffer.removeAll(keepingCapacity: true)
    lastFlush = Date()
  }

  private func failure(_ error: any Error) -> FarqError {
    FarqError(.inputOutput, "cannot write \(url.path): \(error.localizedDescription); check space and rights")
  }

  /// A file that was not there before, numbered where several writers begin in one second.
  private static func newFile(in folder: URL, prefix: String) throws -> (URL, FileHandle) {
    for number in 0..<10_000 {
      let url = folder.appendingPathComponent("\(prefix).\(number)")
      let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0o644)
      if descriptor >= 0 { return (url, FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)) }
      guard errno == EEXIST else { break }
    }
    throw FarqError(
      .inputOutput, "cannot write in \(folder.path): \(String(cString: strerror(errno))); check the path and its rights"
    )
  }
}
