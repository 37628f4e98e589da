import ArgumentParser
import FarqCore
import FarqTraining
import Foundation

/// Runs the command line and turns whatever happens into output and an exit code.
public enum FarqMain {
  /// Runs `arguments` (without the program's name).
  ///
  /// - Returns: the exit code: 0, or one of those that `farq --help` lists.
  public static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try FarqCommand.parseAsRoot(ResumedRun.expand(ConfigurationFile.expand(arguments)))
      try command.run()
      return 0
    } catch let error as FarqError {
      return fail(error.message, error.kind)
    } catch let interruption as Interruption {
      if Console.isShown { Console.note(interruption.message) }
      return interruption.exitCode
    } catch {
      return finish(error)
    }
  }

  /// Help and version go to standard output; errors are one line on standard error.
  private static func finish(_ error: any Error) -> Int32 {
    let code = FarqCommand.exitCode(for: error)
    if code == .success {
      Console.write(FarqCommand.fullMessage(for: error))
      return 0
    }
    if code == .validationFailure { return fail(FarqCommand.message(for: error) + hint(for: error), .usage) }
    let cocoa = error as NSError
    let kind: FarqError.Kind =
      cocoa.domain == NSCocoaErrorDomain || cocoa.domain == NSPOSIXErrorDomain ? .inputOutput : .fault
    return fail(error.localizedDescription, kind)
  }

  private static func fail(_ message: String, _ kind: FarqError.Kind) -> Int32 {
    Console.note("error: \(FarqError(kind, message).message)")
    return kind.rawValue
  }

  private static func hint(for error: any Error) -> String {
    FarqCommand.message(for: error).contains("--help") ? "" : "; see farq --help"
  }
}
