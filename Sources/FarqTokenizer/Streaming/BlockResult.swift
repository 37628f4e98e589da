import FarqCore

/// What became of one block of lines.
protocol BlockResult: Sendable {
  /// The bytes to write.
  var output: [UInt8] { get }
  /// The lines gone through, blank ones too.
  var lines: Int { get }
  /// What is wrong with the line after those; nil where nothing is.
  var fault: LineFault? { get }
}

/// Why a line could not be worked on.
enum LineFault: Sendable {
  /// It is no JSON object with the text.
  case notJSON
  /// Its text could not be prepared.
  case failed(FarqError)

  /// From any error of a preparation.
  init(_ error: any Error) {
    self = .failed(error as? FarqError ?? FarqError(.fault, "\(error)"))
  }

  /// The error, with where it is.
  func error(_ name: String, line: Int, key: String) -> FarqError {
    switch self {
    case .notJSON:
      FarqError(.badData, "\(name) line \(line) is no JSON object with a \"\(key)\"; correct or remove the line")
    case .failed(let error): FarqError(error.kind, "\(name) line \(line): \(error.message)")
    }
  }
}
