import CArchive
import FarqCore
import Foundation

/// Reads zip, tar and compressed files front to back through libarchive; never writes anything to disk.
///
/// Members whose path climbs or is absolute, links, devices, encrypted and damaged members, and more than
/// ``ArchiveLimits`` allows are refused with ``FarqError`` `badData`.
final class ArchiveReader: ByteSource {
  /// The name of the archive, for messages.
  let name: String
  private let handle: OpaquePointer
  private let locale = farq_utf8_locale()
  private let limits: ArchiveLimits
  private var memberCount = 0
  private var unpackedBytes = 0
  private var memberPath = ""
  private var fileSize: Int?
  // The kinds of archive_entry.h, whose macros (casts) Swift does not import.
  private static let regularFile: mode_t = 0o100000
  private static let folder: mode_t = 0o040000

  /// Opens the archive at `path`.
  convenience init(path: String, limits: ArchiveLimits) throws {
    try self.init(name: path, limits: limits)
    guard access(path, F_OK) == 0 else {
      throw FarqError(.missingInput, "cannot open \(path): \(String(cString: strerror(errno))); check the path")
    }
    guard access(path, R_OK) == 0 else {
      throw FarqError(.inputOutput, "cannot read \(path): \(String(cString: strerror(errno))); check its rights")
    }
    try check(archive_read_open_filename(handle, path, 1 << 17))
    var status = stat()
    if stat(path, &status) == 0 { fileSize = Int(status.st_size) }
  }

  /// Reads an archive from an open descriptor, which stays the caller's.
  convenience init(descriptor: Int32, name: String, limits: ArchiveLimits) throws {
    try self.init(name: name, limits: limits)
    try check(archive_read_open_fd(handle, descriptor, 1 << 17))
  }

  private init(name: String, limits: ArchiveLimits) throws {
    guard let handle = archive_read_new() else {
      throw FarqError(.fault, "\(name): libarchive gave no reader; free some memory")
    }
    self.name = name
    self.handle = handle
    self.limits = limits
    archive_read_support_filter_gzip(handle)
    archive_read_support_filter_bzip2(handle)
    archive_read_support_filter_xz(handle)
    archive_read_support_filter_zstd(handle)
    archive_read_support_format_zip(handle)
    archive_read_support_format_tar(handle)
    archive_read_support_format_empty(handle)
    archive_read_support_format_raw(handle)
  }

  deinit {
    archive_read_free(handle)
    if let locale { freelocale(locale) }
  }

  /// Whether this is a single stream of bytes, compressed or not, and no archive; known after the first member.
  var isSingleStream: Bool {
    archive_format(handle) == ARCHIVE_FORMAT_RAW
  }

  /// Whether the bytes are compressed as a whole; known after the first member.
  var isCompressed: Bool {
    archive_filter_code(handle, 0) != ARCHIVE_FILTER_NONE
  }

  /// Steps to the next file; nil at the end.
  func next() throws -> ArchiveMember? {
    try withUTF8Names(nextFile)
  }

  private func nextFile() throws -> ArchiveMember? {
    while let entry = try nextEntry() {
      guard !isSingleStream else { return ArchiveMember(path: "", size: nil) }
      memberPath = try safePath(of: entry)
      try refuseWhatIsNoFile(entry)
      if archive_entry_filetype(entry) == Self.folder { continue }
      let size = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
      return ArchiveMember(path: memberPath, size: size)
    }
    return nil
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
    guard count >= 0 else { throw damaged(memberPath, libraryMessage()) }
    unpackedBytes += count
    try checkSizes()
    return count
  }

  private func nextEntry() throws -> OpaquePointer? {
    var entry: OpaquePointer?
    let status = archive_read_next_header(handle, &entry)
    if status == ARCHIVE_EOF { return nil }
    // A warning tells of a name in another encoding; the name is checked by itself.
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
      throw damaged("", libraryMessage())
    }
    memberCount += 1
    guard memberCount <= limits.members else {
      throw refused("it has more than \(limits.members) members")
    }
    return entry
  }

  private func safePath(of entry: OpaquePointer) throws -> String {
    guard let raw = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else {
      throw refused("member \(memberCount) has no readable name")
    }
    let path = String(cString: raw).replacing("\\", with: "/")
    let components = path.split(separator: "/")
    let hasDrive = path.utf8.dropFirst().first == UInt8(ascii: ":")
    guard !path.hasPrefix("/"), !hasDrive, !components.contains(".."), !components.isEmpty else {
      throw refused("the path of member \"\(path)\" leads out of it")
    }
    return components.filter { $0 != "." }.joined(separator: "/")
  }

  private func refuseWhatIsNoFile(_ entry: OpaquePointer) throws {
    let type = archive_entry_filetype(entry)
    guard archive_entry_hardlink(entry) == nil, archive_entry_symlink(entry) == nil,
      type == Self.regularFile || type == Self.folder
    else {
      throw refused("member \"\(memberPath)\" is a link or a device, not a file")
    }
    guard archive_entry_is_encrypted(entry) == 0 else {
      throw refused("member \"\(memberPath)\" is encrypted")
    }
  }

  private func checkSizes() throws {
    guard unpackedBytes <= limits.totalBytes else {
      throw refused("it unpacks to more than \(limits.totalBytes) bytes")
    }
    guard unpackedBytes > limits.ratioFrom else { return }
    let packed = max(fileSize ?? Int(archive_filter_bytes(handle, -1)), 1)
    guard unpackedBytes / packed < limits.ratio else {
      throw refused("it unpacks to more than \(limits.ratio) times its size, as archives made to do harm do")
    }
  }

  private func check(_ status: Int32) throws {
    guard status == ARCHIVE_OK else { throw damaged("", libraryMessage()) }
  }

  /// Runs `body` with UTF-8 as this thread's character encoding, which libarchive converts names by.
  private func withUTF8Names<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let locale else { return try body() }
    let before = uselocale(locale)
    defer { uselocale(before) }
    return try body()
  }

  private func libraryMessage() -> String {
    archive_error_string(handle).map { String(cString: $0) } ?? "unknown damage"
  }

  private func damaged(_ member: String, _ reason: String) -> FarqError {
    let place = member.isEmpty ? name : "\(name): member \"\(member)\""
    return FarqError(.badData, "\(place) is damaged or cut off (\(reason)); fetch or make the file again")
  }

  private func refused(_ reason: String) -> FarqError {
    FarqError(.badData, "\(name) is refused: \(reason); make the archive again from plain files")
  }
}
