import CArchive
import FarqCore
import Foundation

/// Reads zip, tar and compressed files front to back through libarchive; never writes anything to disk.
///
/// Names that are not UTF-8 are read in the code page that fits all of them (``MemberNames``).
///
/// Members whose path climbs or is absolute, links, devices, encrypted and damaged members, and more than
/// ``ArchiveLimits`` allows are refused with ``FarqError`` `badData`.
final class ArchiveReader: ByteSource {
  /// The name of the archive, for messages.
  let name: String
  private let handle: OpaquePointer
  private let locale = farq_utf8_locale()
  private let limits: ArchiveLimits
  private let source: Source
  private var names: MemberNames
  private var memberCount = 0
  private var unpackedBytes = 0
  private var memberPath = ""
  private var fileSize: Int?
  // The kinds of archive_entry.h, whose macros (casts) Swift does not import.
  private static let regularFile: mode_t = 0o100000
  private static let folder: mode_t = 0o040000

  /// Where the bytes come from.
  private enum Source {
    case path(String)
    /// A descriptor, and where in its file the archive begins; -1 for what passes by only once.
    case descriptor(Int32, start: off_t)
  }

  /// Opens the archive at `path`.
  convenience init(path: String, options: LoadOptions) throws {
    try self.init(name: path, source: .path(path), options: options)
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
  convenience init(descriptor: Int32, name: String, options: LoadOptions) throws {
    let source = Source.descriptor(descriptor, start: lseek(descriptor, 0, SEEK_CUR))
    try self.init(name: name, source: source, options: options)
    try check(archive_read_open_fd(handle, descriptor, 1 << 17))
  }

  private init(name: String, source: Source, options: LoadOptions) throws {
    guard let handle = archive_read_new() else {
      throw FarqError(.fault, "\(name): libarchive gave no reader; free some memory")
    }
    self.name = name
    self.handle = handle
    self.source = source
    limits = options.archiveLimits
    names = MemberNames(archive: name, given: options.nameEncoding, mayEscape: options.ignoresLabels)
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
    guard let path = Self.nameBytes(of: entry) else {
      throw refused("member \(memberCount) has no readable name")
    }
    let components = MemberNames.components(of: path)
    let isAbsolute = path.first == UInt8(ascii: "/") || path.first == UInt8(ascii: "\\")
    let hasDrive = path.dropFirst().first == UInt8(ascii: ":")
    guard !isAbsolute, !hasDrive, !components.contains(where: { $0.elementsEqual([0x2E, 0x2E]) }), !components.isEmpty
    else {
      throw refused("the path of member \"\(MemberNames.shown(path))\" leads out of it")
    }
    if !names.isDecided, !MemberNames.isPlain(path) { try decideNames(by: path) }
    return try names.components(of: path).joined(separator: "/")
  }

  private static func nameBytes(of entry: OpaquePointer) -> [UInt8]? {
    guard let name = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry) else { return nil }
    return Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
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

  // MARK: - Names in code pages

  /// What the user should know of the names, once all are read.
  var nameWarnings: [String] { names.warnings }

  /// Decides which page names are in: by all names where the archive can be read twice, else by `path`.
  private func decideNames(by path: [UInt8]) throws {
    let place = currentPlace
    defer { if let place { lseek(place.descriptor, place.offset, SEEK_SET) } }
    guard let other = try otherReader() else {
      var sample = MemberNames.Sample()
      sample.add(path)
      return try names.decide(by: sample, isWhole: false)
    }
    try names.decide(by: other.sampleOfNames(), isWhole: true)
  }

  /// Where the descriptor stands, to be put back after another reader has moved it.
  private var currentPlace: (descriptor: Int32, offset: off_t)? {
    guard case .descriptor(let descriptor, let start) = source, start >= 0 else { return nil }
    return (descriptor, lseek(descriptor, 0, SEEK_CUR))
  }

  /// A second reader of the same archive; nil where the bytes pass by only once.
  private func otherReader() throws -> ArchiveReader? {
    var options = LoadOptions()
    options.archiveLimits = limits
    switch source {
    case .path(let path):
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & 0o170000 == Self.regularFile else { return nil }
      return try ArchiveReader(path: path, options: options)
    case .descriptor(let descriptor, let start):
      guard start >= 0 else { return nil }
      lseek(descriptor, start, SEEK_SET)
      return try ArchiveReader(descriptor: descriptor, name: name, options: options)
    }
  }

  /// Looks at the names of all members and nothing else.
  private func sampleOfNames() throws -> MemberNames.Sample {
    var sample = MemberNames.Sample()
    try withUTF8Names {
      while let entry = try nextEntry() {
        if let path = Self.nameBytes(of: entry) { sample.add(path) }
        // A zip steps over its members; other forms unpack them, within the limits.
        guard archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK != ARCHIVE_FORMAT_ZIP else { continue }
        try forEachPiece(size: 1 << 16) { _, _ in }
      }
    }
    return sample
  }

  private func checkSizes() throws {
    let excess = limits.excess(unpacked: unpackedBytes) { fileSize ?? Int(archive_filter_bytes(handle, -1)) }
    if let excess { throw refused(excess) }
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
