import FarqCore
import FarqExperiment
import Foundation

/// `--resume` without other options repeats the run's own, which its folder keeps.
enum ResumedRun {
  /// Options that change nothing of a run, and may be given beside `--resume`.
  private static let harmless: Set = [
    "--output", "--format", "--threads", "--device", "--checkpoint-every", "--keep-checkpoints", "--process-timeout",
    "--gradient-compression",
  ]
  /// Those of them without a value.
  private static let flags: Set = ["--shard-optimizer", "--spread-runs"]

  /// The arguments with the run's own options put in after the sub-command, where `--resume` stands alone.
  ///
  /// - Throws: ``FarqError`` `missingInput` where the folder holds no run of this command.
  static func expand(_ arguments: [String]) throws -> [String] {
    guard let command = arguments.first, ["compare", "train", "pretrain"].contains(command),
      let output = output(ofResumed: Array(arguments.dropFirst()))
    else { return arguments }
    let file = URL(userPath: output).appendingPathComponent(RunOptions.fileName(forComparison: command == "compare"))
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw FarqError(
        .missingInput, "\(output) holds no run of 'farq \(command)' to resume: check --output, or give all its options")
    }
    return [command] + (try ConfigurationFile.words(of: file)) + arguments.dropFirst()
  }

  /// The run's folder; nil where the run is not resumed, or other options are given too.
  private static func output(ofResumed arguments: [String]) -> String? {
    var (resumes, output, index) = (false, String?.none, 0)
    while index < arguments.count {
      let parts = arguments[index].split(separator: "=", maxSplits: 1).map(String.init)
      if arguments[index] == "--resume" {
        resumes = true
      } else if flags.contains(arguments[index]) {
        index += 1
        continue
      } else if let name = parts.first, harmless.contains(name) {
        if parts.count == 1 { index += 1 }
        let value = parts.count == 2 ? parts[1] : arguments.indices.contains(index) ? arguments[index] : nil
        if name == "--output" { output = value }
      } else {
        return nil
      }
      index += 1
    }
    return resumes ? output : nil
  }
}
