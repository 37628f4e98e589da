import FarqCore
import FarqDatasets
import FarqReport
import FarqTorch
import FarqTraining
import Foundation

/// The file of the run folder that keeps the resolved options, by their long names.
public enum RunOptions {
  /// `config.json` of a comparison; where the folder is a checkpoint, whose `config.json` is the model's, `run.json`.
  public static func fileName(forComparison: Bool) -> String { forComparison ? "config.json" : "run.json" }
}

/// Keeps a run folder to one run: `identity.json` and the resolved options are written before the first update, and
/// another run finds out before it has changed anything.
struct RunRecord {
  let folder: URL
  let resumes: Bool
  /// Where the resolved options lie, which `--resume` alone repeats.
  let optionsFile: URL

  /// Takes the folder for the run `identity`.
  ///
  /// - Returns: a note for the user where the folder held the same run, finished.
  /// - Throws: ``FarqError`` `usage` where another run lies there, or this one, unfinished, and is not to be resumed.
  func take(_ identity: RunIdentity, options: [String: JSONValue]) throws -> String? {
    let file = folder.appendingPathComponent("identity.json")
    let contents = Self.contents.filter(holds)
    var note: String?
    if !contents.isEmpty {
      guard let data = FileManager.default.contents(atPath: file.path) else {
        throw FarqError(
          .usage,
          "\(folder.path) holds \(contents[0]) of something else than this run: give another --output, or empty it")
      }
      guard let recorded = try? JSONDecoder().decode(RunIdentity.self, from: data) else {
        throw FarqError(.badData, "\(file.path) is damaged: what run lies there is not known; give another --output")
      }
      try check(identity, recorded)
      if !resumes { note = "\(folder.path) holds this same run, finished; it is run again" }
    }
    try AtomicFile.write(Self.json(identity), to: file)
    try AtomicFile.write(Self.json(options), to: optionsFile)
    return note
  }

  /// Whether a run that is to be resumed has nothing left to do.
  var wasFinished: Bool { resumes && !Self.unfinished.contains(where: holds) }

  private func check(_ identity: RunIdentity, _ recorded: RunIdentity) throws {
    guard identity.name == recorded.name else {
      let differences = identity.differences(from: recorded).joined(separator: "; ")
      throw FarqError(
        .usage,
        "\(folder.path) holds another run (\(recorded.name), this one is \(identity.name)): \(differences); "
          + "give another --output, or go on with that run by --resume and no other options")
    }
    if !resumes, Self.unfinished.contains(where: holds) {
      throw FarqError(
        .usage, "\(folder.path) holds this run, unfinished: go on with --resume, or give another --output")
    }
  }

  private func holds(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  /// What a run leaves that is not finished.
  private static let unfinished = ["state"]
  /// What only a run or a checkpoint leaves; a folder without any of it may be taken.
  private static let contents =
    unfinished + ["report.json", "checkpoints", "predictions", "model.safetensors", "pytorch_model.bin"]

  private static func json(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }
}

extension RunIdentity {
  /// Names the identity by a digest of its parts.
  ///
  /// - Parameters:
  ///   - options: all options of the run; those that change no number, or only say where something lies, are left out.
  init(
    options: [String: JSONValue], splits: [String: String], checkpoint: String?, tokenizer: String,
    teacher: String? = nil
  ) throws {
    let deciding = options.filter { !Self.places.contains($0.key) && $0.value != .null }
    // Once through JSON, so that a number is the same as when it is read back: 1.0 is written 1.
    let read = try JSONDecoder().decode([String: JSONValue].self, from: JSONEncoder().encode(deciding))
    try self.init(
      options: read, splits: splits, checkpoint: checkpoint, tokenizer: tokenizer, teacher: teacher
    ) { identity in
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(Fingerprint.of(Array(try encoder.encode(identity))).prefix(12))
    }
  }

  /// Options whose effect the fingerprints hold, or that have none on the numbers.
  private static let places: Set = [
    "data", "test-data", "model", "teacher", "cache", "farasa-jar", "farasa-timeout", "checkpoint-every", "threads",
    "device", "margin", "keep-checkpoints", "text-column", "label-column", "split-column", "form", "encoding",
  ]
}

/// SHA-256 in hexadecimal.
enum Fingerprint {
  /// Of bytes.
  static func of(_ bytes: [UInt8]) -> String {
    let hash = Digest()
    hash.update(bytes)
    return hash.hexadecimal()
  }

  /// Of tensors: names, types, sizes and elements, in the order of the names.
  static func of(_ weights: any WeightSource) throws -> String {
    let hash = Digest()
    for name in weights.names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let tensor = try weights.tensor(name) else { continue }
      hash.update(Array("\(name) \(tensor.dtype) \(tensor.shape)\n".utf8))
      hash.update(try tensor.bytes())
    }
    return hash.hexadecimal()
  }

  /// Of token ids: each document's, in order.
  static func of(_ corpus: TokenCorpus) -> String {
    let hash = Digest()
    corpus.ids.withUnsafeBytes { hash.update($0) }
    corpus.ends.withUnsafeBytes { hash.update($0) }
    return hash.hexadecimal()
  }
}
