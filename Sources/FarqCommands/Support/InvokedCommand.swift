import Foundation

/// The command as the user typed it.
enum InvokedCommand {
  /// The whole command, quoted so that a shell takes it again.
  static var line: String {
    let words = CommandLine.arguments
    return (["farq"] + words.dropFirst().map(quoted)).joined(separator: " ")
  }

  /// The long options that were given, as `--epochs`.
  static var options: Set<String> {
    Set(
      CommandLine.arguments.filter { $0.hasPrefix("--") }
        .compactMap { $0.split(separator: "=").first.map(String.init) })
  }

  private static func quoted(_ word: String) -> String {
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_./:=,@%+"))
    guard word.isEmpty || word.unicodeScalars.contains(where: { !plain.contains($0) }) else { return word }
    return "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
