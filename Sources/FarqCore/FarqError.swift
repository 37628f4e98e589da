/// What went wrong, where, and what to do: one line for the user and the exit code of the process.
public struct FarqError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure; raw values are the exit codes of `sysexits.h` that Farq promises.
  public enum Kind: Int32, Sendable {
    /// Wrong usage: an option or a combination of options that cannot be.
    case usage = 64
    /// The input was found but is not what it should be.
    case badData = 65
    /// The input was not found.
    case missingInput = 66
    /// Something outside is not there: network, device, a helper program.
    case unavailable = 69
    /// A fault of Farq itself.
    case fault = 70
    /// Reading or writing failed.
    case inputOutput = 74
  }

  /// The kind of failure, which decides the exit code.
  public let kind: Kind
  /// One line: what, where, and what to do.
  public let message: String

  /// Makes an error; line breaks in `message` are folded to spaces, since an error is one line.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// The message alone.
  public var description: String { message }
}
