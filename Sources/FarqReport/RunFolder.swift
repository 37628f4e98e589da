import FarqCore
public import Foundation

/// The folder of a run: `report.json`, `report.html`, `results.csv`, `config.json`, `predictions/`,
/// `checkpoints/`, `logs/`. Every file is whole or not there.
public struct RunFolder: Sendable {
  /// Where the folder lies.
  public let url: URL
  /// Whether it was not there before.
  private let isNew: Bool

  /// Names a folder and makes it, with the folders above it.
  ///
  /// - Throws: ``FarqError`` `inputOutput` where that cannot be done.
  public init(_ url: URL) throws {
    self.url = url
    isNew = !FileManager.default.fileExists(atPath: url.path)
    try Self.makeFolder(url)
  }

  /// Takes the folder away where it is new and nothing was written in it.
  public func removeIfUnused() {
    if isNew { rmdir(url.path) }
  }

  /// `report.json`.
  public var reportFile: URL { url.appendingPathComponent("report.json") }
  /// `report.html`.
  public var pageFile: URL { url.appendingPathComponent("report.html") }
  /// `results.csv`.
  public var tableFile: URL { url.appendingPathComponent("results.csv") }
  /// `config.json`: the resolved settings.
  public var configurationFile: URL { url.appendingPathComponent("config.json") }

  /// The folder of TensorBoard's event files of `model`.
  public func logs(of model: String) -> URL {
    url.appendingPathComponent("logs").appendingPathComponent(Self.fileName(of: model))
  }

  /// The folder of the checkpoint of `model`.
  public func checkpoint(of model: String) -> URL {
    url.appendingPathComponent("checkpoints").appendingPathComponent(Self.fileName(of: model))
  }

  /// The file of the predictions of `model`.
  public func predictions(of model: String) -> URL {
    url.appendingPathComponent("predictions").appendingPathComponent(Self.fileName(of: model) + ".jsonl")
  }

  /// Writes `report.json`, `report.html` and `results.csv`.
  ///
  /// A report without claims gets those of ``ClaimWriter``.
  public func write(_ report: RunReport) throws {
    let report = report.withClaims
    try AtomicFile.write(report.json(), to: reportFile)
    try AtomicFile.write(report.resultsTable.text, to: tableFile)
    try AtomicFile.write(ReportPage(report).html, to: pageFile)
  }

  /// Writes the predictions of `model`, a line a document in the order of `records`.
  public func write(predictions records: some Sequence<PredictionRecord>, of model: String) throws {
    let file = predictions(of: model)
    try Self.makeFolder(file.deletingLastPathComponent())
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .throw
    try AtomicFile.write(to: file) { handle in
      var block = Data()
      for record in records {
        do {
          block.append(try encoder.encode(record))
        } catch {
          throw FarqError(
            .badData, "prediction of \(record.id) by \(model) is not finite; lower the learning rate and train again")
        }
        block.append(0x0A)
        if block.count > 1 << 20 {
          try handle.write(contentsOf: block)
          block.removeAll(keepingCapacity: true)
        }
      }
      try handle.write(contentsOf: block)
    }
  }

  /// `model` as the name of a file: characters that a file system may refuse are `_`.
  public static func fileName(of model: String) -> String {
    var name = String.UnicodeScalarView()
    for scalar in model.unicodeScalars {
      let refused = scalar.value < 0x20 || "/\\:*?\"<>|".unicodeScalars.contains(scalar)
      name.append(refused ? "_" : scalar)
    }
    let text = String(name)
    return text.isEmpty || text.hasPrefix(".") ? "_" + text : text
  }

  private static func makeFolder(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw FarqError(
        .inputOutput, "cannot make \(url.path): \(error.localizedDescription); check the path and its rights")
    }
  }
}
