/// One file in an archive.
struct ArchiveMember {
  /// Its path in the archive, with `/` between components and nothing that climbs.
  var path: String
  /// Its unpacked size, where the archive says so.
  var size: Int?
}
