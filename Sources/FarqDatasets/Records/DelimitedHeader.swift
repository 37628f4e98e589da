import FarqCore

/// Which fields of a row are text, label and split, as the header says.
struct DelimitedHeader {
  private let count: Int
  private let text: Int
  private let label: Int?
  private let split: Int?
  private let name: String

  /// Reads the header; names are compared without letter case and outer spaces.
  ///
  /// - Throws: ``FarqError`` `badData` where the text's column, or a column that an option names, is missing.
  init(_ row: [String], name: String, options: LoadOptions) throws {
    let defaults = LoadOptions()
    let columns = row.map(Self.normalized)
    let missing = { (column: String) in
      FarqError(
        .badData,
        "\(name):1: there is no column \"\(column)\", only \(row.map { "\"\($0)\"" }.joined(separator: ", ")); "
          + "name the right one by option")
    }
    guard let text = columns.firstIndex(of: Self.normalized(options.textColumn)) else {
      throw missing(options.textColumn)
    }
    label = columns.firstIndex(of: Self.normalized(options.labelColumn))
    split = columns.firstIndex(of: Self.normalized(options.splitColumn))
    if label == nil, options.requireLabels || options.labelColumn != defaults.labelColumn {
      throw missing(options.labelColumn)
    }
    if split == nil, options.splitColumn != defaults.splitColumn { throw missing(options.splitColumn) }
    self.text = text
    self.name = name
    count = row.count
  }

  /// The record in `row`.
  ///
  /// - Throws: ``FarqError`` `badData` where the row has more or fewer fields than the header.
  func record(_ row: [String], line: Int) throws -> Record {
    guard row.count == count else {
      throw FarqError(
        .badData,
        "\(name):\(line): the row has \(row.count) fields and the header \(count); quote fields that hold the delimiter"
      )
    }
    return Record(text: row[text], label: label.map { row[$0] }, split: split.map { row[$0] }, line: line)
  }

  /// A column's name as it is compared: without letter case and outer spaces.
  static func normalized(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.drop { $0.properties.isWhitespace }))
      .split(omittingEmptySubsequences: true, whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }
}
