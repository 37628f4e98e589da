import CArchive  // its headers are where the compiler finds `stat`
import FarqCore
import Foundation

/// Lists the files of a folder in an order that does not depend on the file system.
enum FolderListing {
  /// The paths of all files below `path`, relative to it, sorted by their bytes; litter is left out, links to
  /// folders are not followed.
  ///
  /// - Throws: ``FarqError``: `inputOutput` where a folder cannot be read, `badData` for a name that is not UTF-8.
  static func files(below path: String) throws -> [String] {
    var found: [String] = []
    var waiting = [""]
    while let folder = waiting.popLast() {
      for name in try names(in: folder.isEmpty ? path : path + "/" + folder) {
        let relative = folder.isEmpty ? name : folder + "/" + name
        guard !ArticlePath.isLitter(name) else { continue }
        switch try kind(of: path + "/" + relative) {
        case 0o040000: waiting.append(relative)
        case 0o100000: found.append(relative)
        default: continue
        }
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func names(in folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw FarqError(.inputOutput, "cannot read the folder \(folder): \(error.localizedDescription); check its rights")
    }
  }

  /// The kind of file at `path`: a link to a file counts as the file, a link to a folder as nothing.
  ///
  /// - Throws: ``FarqError`` `badData` for what a folder lists and no path leads to: a name that is not UTF-8. Without its
  ///   documents a label would be lost in silence.
  private static func kind(of path: String) throws -> mode_t {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT else { return 0 }
      throw FarqError(
        .badData,
        "\(path) cannot be found by its name, which is not UTF-8; rename it, or pack its folder and give the archive")
    }
    let own = status.st_mode & 0o170000
    guard own == 0o120000 else { return own }
    guard stat(path, &status) == 0 else { return 0 }
    let target = status.st_mode & 0o170000
    return target == 0o100000 ? target : 0
  }
}
