import CArchive
import FarqCore

/// The content of a gzip-compressed file, wherever its bytes come from: a folder, or another archive's member.
///
/// As of every archive, the content is bounded by ``ArchiveLimits``.
final class GzipSource: ByteSource {
  /// The bytes handed on so far.
  private(set) var unpackedBytes = 0
  private let packed: any ByteSource
  private let name: String
  private let limits: ArchiveLimits
  private let handle: OpaquePointer
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// What went wrong while libarchive asked for bytes.
  private var failure: (any Error)?
  private var isAtEnd = false

  /// Opens the compressed bytes of `packed`, called `name` in messages.
  ///
  /// - Throws: ``FarqError`` `badData` where they are no gzip file, and what reading them throws.
  init(_ packed: any ByteSource, name: String, limits: ArchiveLimits) throws {
    guard let handle = archive_read_new() else {
      throw FarqError(.fault, "\(name): libarchive gave no reader; free some memory")
    }
    self.packed = packed
    self.name = name
    self.limits = limits
    self.handle = handle
    archive_read_support_filter_gzip(handle)
    archive_read_support_format_raw(handle)
    archive_read_support_format_empty(handle)
    let context = Unmanaged.passUnretained(self).toOpaque()
    let status = archive_read_open(handle, context, nil, Self.readPacked, nil)
    if let failure { throw failure }
    guard status == ARCHIVE_OK else { throw damaged() }
    try open()
  }

  deinit {
    archive_read_free(handle)
    buffer.deallocate()
  }

  private func open() throws {
    var entry: OpaquePointer?
    let status = archive_read_next_header(handle, &entry)
    if let failure { throw failure }
    guard status == ARCHIVE_OK || status == ARCHIVE_EOF else { throw damaged() }
    guard archive_filter_code(handle, 0) == ARCHIVE_FILTER_GZIP else {
      throw Self.notGzip(name)
    }
    isAtEnd = status == ARCHIVE_EOF
  }

  /// libarchive's way of asking for more bytes; 0 at the end, below 0 after an error.
  private static let readPacked:
    @convention(c) (
      OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeRawPointer?>?
    ) -> Int = { _, context, place in
      guard let context else { return Int(ARCHIVE_FATAL) }
      let source = Unmanaged<GzipSource>.fromOpaque(context).takeUnretainedValue()
      do {
        place?.pointee = UnsafeRawPointer(source.buffer.baseAddress)
        return try source.packed.read(into: source.buffer)
      } catch {
        source.failure = error
        return Int(ARCHIVE_FATAL)
      }
    }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !isAtEnd else { return 0 }
    let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
    if let failure { throw failure }
    guard count >= 0 else { throw damaged() }
    unpackedBytes += count
    let excess = limits.excess(unpacked: unpackedBytes) { Int(archive_filter_bytes(handle, -1)) }
    if let excess { throw FarqError(.badData, "\(name) is refused: \(excess); compress plain text") }
    return count
  }

  /// What is said of a file that is only called compressed.
  static func notGzip(_ name: String) -> FarqError {
    FarqError(.badData, "\(name) is not gzip-compressed; remove the ending .gz or compress it")
  }

  private func damaged() -> FarqError {
    let reason = archive_error_string(handle).map { String(cString: $0) } ?? "unknown damage"
    return FarqError(.badData, "\(name) is damaged or cut off (\(reason)); fetch or make the file again")
  }
}
