/// What the models were trained and tested on.
public struct DataReport: Codable, Sendable, Equatable {
  /// The data set’s name or path, as given.
  public var name: String
  /// A digest of documents, labels and splits: two runs with one fingerprint saw the same data.
  public var fingerprint: String
  /// The splits that were used.
  public var splits: [SplitReport]
  /// Lengths of the documents.
  public var lengths: LengthHistogram?
  /// The length that documents were cut to, in tokens.
  public var maxLength: Int?
  /// The share of documents that were cut.
  @Measured public var truncatedShare: Double
  /// What became of documents longer than `maxLength`: `head`, `tail`, `head-tail` or `window`.
  public var long: String?
  /// The share of documents longer than `maxLength`; read in windows, they are long but not cut.
  public var longShare: Double?
  /// Training documents whose text stands in the training split already.
  public var duplicates: Int?
  /// Test documents whose text is also in the training split.
  public var leaks: Int?
  /// Files by the encoding that they were read in.
  public var encodings: [String: Int]
  /// What was removed before training.
  public var cleaning: [CleaningRecord]
  /// What a reader should know about the data.
  public var warnings: [String]

  private enum CodingKeys: String, CodingKey {
    case name
    case fingerprint
    case splits
    case lengths
    case maxLength = "max_length"
    case truncatedShare = "truncated_share"
    case long
    case longShare = "long_share"
    case duplicates
    case leaks
    case encodings
    case cleaning
    case warnings
  }

  /// Makes a record of its parts.
  public init(
    name: String, fingerprint: String, splits: [SplitReport] = [], lengths: LengthHistogram? = nil,
    maxLength: Int? = nil, truncatedShare: Double = .nan, long: String? = nil, longShare: Double? = nil,
    duplicates: Int? = nil, leaks: Int? = nil, encodings: [String: Int] = [:], cleaning: [CleaningRecord] = [],
    warnings: [String] = []
  ) {
    self.name = name
    self.fingerprint = fingerprint
    self.splits = splits
    self.lengths = lengths
    self.maxLength = maxLength
    self.truncatedShare = truncatedShare
    self.long = long
    self.longShare = longShare
    self.duplicates = duplicates
    self.leaks = leaks
    self.encodings = encodings
    self.cleaning = cleaning
    self.warnings = warnings
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    fingerprint = try container.decode(String.self, forKey: .fingerprint)
    splits = try container.decodeIfPresent([SplitReport].self, forKey: .splits) ?? []
    lengths = try container.decodeIfPresent(LengthHistogram.self, forKey: .lengths)
    maxLength = try container.decodeIfPresent(Int.self, forKey: .maxLength)
    _truncatedShare = try container.decode(Measured.self, forKey: .truncatedShare)
    long = try container.decodeIfPresent(String.self, forKey: .long)
    longShare = try container.decodeIfPresent(Double.self, forKey: .longShare)
    duplicates = try container.decodeIfPresent(Int.self, forKey: .duplicates)
    leaks = try container.decodeIfPresent(Int.self, forKey: .leaks)
    encodings = try container.decodeIfPresent([String: Int].self, forKey: .encodings) ?? [:]
    cleaning = try container.decodeIfPresent([CleaningRecord].self, forKey: .cleaning) ?? []
    warnings = try container.decodeIfPresent([String].self, forKey: .warnings) ?? []
  }
}
