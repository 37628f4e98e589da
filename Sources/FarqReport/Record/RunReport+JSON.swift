import FarqCore
public import Foundation

extension RunReport {
  /// The report as `report.json`: sorted keys, undefined numbers as `null`, the same bytes for the same report.
  ///
  /// - Throws: ``FarqError`` `fault` where the report cannot be written as JSON.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(self)
    } catch {
      throw FarqError(.fault, "report.json cannot be encoded: \(error); please report this")
    }
  }

  /// Reads the report of a run.
  ///
  /// - Parameters:
  ///   - url: a run folder or a `report.json`.
  /// - Throws: ``FarqError`` `missingInput` where there is none, `badData` where it is not a report of this layout.
  public static func read(from url: URL) throws -> RunReport {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    let file = isFolder.boolValue ? url.appendingPathComponent("report.json") : url
    guard exists, let data = try? Data(contentsOf: file) else {
      throw FarqError(.missingInput, "cannot read \(file.path): no report there; give a run folder or its report.json")
    }
    let report: RunReport
    do {
      report = try JSONDecoder().decode(RunReport.self, from: data)
    } catch {
      throw FarqError(.badData, "\(file.path) is not a report: \(reason(error)); write it again with farq compare")
    }
    guard report.format == 1 else {
      throw FarqError(.badData, "\(file.path) has report format \(report.format), this Farq reads 1; update Farq")
    }
    return report
  }

  /// What a decoding error says, with the path of the key.
  private static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): "key \(path(context.codingPath + [key])) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "key \(path(context.codingPath)) has the wrong type"
    case .dataCorrupted(let context): context.debugDescription
    default: "\(error)"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
