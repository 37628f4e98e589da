/// A command line for a POSIX shell.
public struct ShellCommand: Sendable, Equatable {
  /// The command on one line.
  public let line: String

  /// Takes a line that is quoted already.
  public init(_ line: String) {
    self.line = line
  }

  /// Joins arguments, in quotes where a shell would read them otherwise.
  public init(arguments: [String]) {
    line = arguments.map(Self.quoted).joined(separator: " ")
  }

  /// The command with a line an option; a shell reads it as the one line.
  public var wrapped: String {
    var result = ""
    var quote: Unicode.Scalar?
    var isEscaped = false
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if quote == nil, !isEscaped, scalar == " ", rest.starts(with: "--".unicodeScalars) {
        result += " \\\n  "
        continue
      }
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if scalar == open { quote = nil }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
      }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// One argument, in single quotes unless every character is harmless.
  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": true
      default: "-_./,:=+@%".unicodeScalars.contains(scalar)
      }
    }
    if isPlain, !argument.isEmpty { return argument }
    var text = "'"
    for scalar in argument.unicodeScalars {
      if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
    }
    return text + "'"
  }
}
