import Foundation

/// The command as the user typed it.
enum InvokedCommand {
  /// The whole command, quoted so that a shell takes it again; where `--resume` stands alone, with the run's own options.
  static var line: String {
    let given = Array(CommandLine.arguments.dropFirst())
    return (["farq"] + ((try? ResumedRun.expand(given)) ?? given).map(quoted)).joined(separator: " ")
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
