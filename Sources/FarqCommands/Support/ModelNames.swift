import FarqCore
import Foundation

/// Names for several checkpoints on the command line.
enum ModelNames {
  /// The name and folder of each `name=folder`; a folder alone is called by its last component.
  ///
  /// - Throws: ``FarqError`` `usage` for an empty name, or one that stands twice.
  static func named(_ words: [String]) throws -> [(name: String, folder: URL)] {
    let entries = try words.map(named)
    for (index, entry) in entries.enumerated() where entries[..<index].contains(where: { $0.name == entry.name }) {
      throw FarqError(
        .usage, "two models are called '\(entry.name)': give them names, as in first=\(entry.folder.path)")
    }
    return entries
  }

  private static func named(_ word: String) throws -> (name: String, folder: URL) {
    let isFolder = FileManager.default.fileExists(atPath: URL(userPath: word).path)
    guard !isFolder, let sign = word.firstIndex(of: "=") else {
      let folder = try CheckpointPath.resolve(word)
      // A checkpoint of the hub lies in a folder called by its commit.
      let last = word.split(separator: "/").last?.split(separator: "@").first.map(String.init)
      return (isFolder ? folder.lastPathComponent : last ?? word, folder)
    }
    let name = String(word[..<sign])
    guard !name.isEmpty else { throw FarqError(.usage, "--model \(word): there is no name before the =") }
    return (name, try CheckpointPath.resolve(String(word[word.index(after: sign)...])))
  }
}
