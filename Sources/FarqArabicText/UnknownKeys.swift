import FarqCore

/// Refuses stored settings that this version does not know.
enum UnknownKeys {
  private struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init?(stringValue: String) {
      self.stringValue = stringValue
      intValue = nil
    }

    init?(intValue: Int) {
      stringValue = String(intValue)
      self.intValue = intValue
    }
  }

  /// - Throws: ``FarqError`` `badData` naming the first key that is not among `known`.
  static func refuse(in decoder: any Decoder, known: [String], what: String) throws {
    let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
    guard let unknown = keys.first(where: { !known.contains($0) }) else { return }
    throw FarqError(
      .badData, "unknown \(what) '\(unknown)' in the checkpoint's config.json; use the version of Farq that wrote it")
  }
}
