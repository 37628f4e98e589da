/// What is in a data set: counts, lengths, balance, duplicates, leaks between splits, contradictions, source marks.
///
/// Codable: this is the object that `farq data --format json` prints.
public struct DataAudit: Sendable, Codable, Equatable {
  /// The documents of one split.
  public struct SplitCounts: Sendable, Codable, Equatable {
    /// `train`, `validation`, `test`, or `none` for documents that name no split.
    public var split: String
    /// The number of documents.
    public var documents: Int
    /// The number of documents of each label.
    public var labels: [String: Int]
    /// The most frequent label's count over the rarest's; nil where a label is missing.
    public var imbalance: Double?
    /// Lengths in words.
    public var words: LengthSummary?
    /// Lengths in tokens, where a tokenizer was given.
    public var tokens: LengthSummary?
  }

  /// Two documents that are the same or nearly.
  public struct Pair: Sendable, Codable, Equatable {
    /// Where the first came from.
    public var first: String
    /// Where the second came from.
    public var second: String
    /// The Jaccard similarity of their runs of three words; 1 for equal texts.
    public var similarity: Double
  }

  /// Texts that occur more than once.
  public struct Duplicates: Sendable, Codable, Equatable {
    /// Clusters of texts that are the same (or nearly).
    public var groups: Int
    /// Documents in these clusters.
    public var documents: Int
    /// Documents that would go if one of each cluster were kept.
    public var extra: Int
    /// Some of the pairs.
    public var examples: [Pair]
  }

  /// Texts on both sides of a border between splits.
  public struct Leaks: Sendable, Codable, Equatable {
    /// The side learnt from, and the side that measures, as `train-test`.
    public var border: String
    /// Documents of the measuring side whose very text stands on the other.
    public var exact: Int
    /// Further documents of the measuring side with a near duplicate on the other.
    public var near: Int
    /// The share of the measuring side that leaks, exactly or nearly.
    public var share: Double
    /// Some of the pairs: the learnt document first.
    public var examples: [Pair]
  }

  /// Texts that stand under two labels.
  public struct Contradictions: Sendable, Codable, Equatable {
    /// Equal texts under different labels.
    public var exact: Int
    /// Pairs of near duplicates under different labels.
    public var near: Int
    /// Some of the pairs.
    public var examples: [Pair]
  }

  /// Marks that tell the source (see ``SourceMarkers``).
  public struct Markers: Sendable, Codable, Equatable {
    /// Documents with a line "Title" or "Body".
    public var headings: Int
    /// Documents that start with a dateline that names the source.
    public var bylines: Int
    /// Documents that end with the name of an agency.
    public var credits: Int
    /// Marked documents of each label.
    public var labels: [String: Int]
  }

  /// The number of documents.
  public var documents: Int
  /// The labels, sorted.
  public var labels: [String]
  /// The fingerprint of the data.
  public var fingerprint: String
  /// Each split that has documents.
  public var splits: [SplitCounts]
  /// Lengths of all documents in words.
  public var words: LengthSummary?
  /// Lengths of all documents in tokens, where a tokenizer was given.
  public var tokens: LengthSummary?
  /// Equal texts.
  public var exactDuplicates: Duplicates
  /// Different texts that are nearly the same.
  public var nearDuplicates: Duplicates
  /// The similarity from which texts are near duplicates.
  public var nearThreshold: Double
  /// Leaks over each border between splits that are there.
  public var leaks: [Leaks]
  /// Texts under two labels.
  public var contradictions: Contradictions
  /// Marks of the source.
  public var markers: Markers
  /// The number of files in each encoding.
  public var encodings: [TextEncoding: Int]
  /// Documents without text, which were left out.
  public var emptyDocuments: [String]
  /// The number of documents without a label, which training refuses unless told to leave them out.
  public var unlabelledDocuments: Int
  /// What was noticed while reading, and what splits lack.
  public var warnings: [String]

  /// Looks through `dataset`.
  ///
  /// - Parameter tokenCount: the number of tokens of a text; nil leaves lengths in tokens out.
  public init(of dataset: Dataset, options: AuditOptions = AuditOptions(), tokenCount: ((String) -> Int)? = nil) {
    self = DataAuditor(dataset: dataset, options: options).audit(tokenCount: tokenCount)
  }

  init(
    dataset: Dataset, splits: [SplitCounts], words: LengthSummary?, tokens: LengthSummary?,
    exactDuplicates: Duplicates, nearDuplicates: Duplicates, nearThreshold: Double, leaks: [Leaks],
    contradictions: Contradictions, markers: Markers
  ) {
    documents = dataset.documents.count
    labels = dataset.labels
    fingerprint = dataset.fingerprint
    encodings = dataset.encodings
    emptyDocuments = dataset.emptyDocuments
    let unlabelled = dataset.documents.indices.filter { dataset.documents.label(at: $0) == nil }
    unlabelledDocuments = unlabelled.count
    let note = unlabelled.first.map {
      "\(unlabelled.count) document\(unlabelled.count == 1 ? "" : "s") without label, such as "
        + "\(dataset.documents.origin(at: $0)); --skip-unlabelled leaves such documents out"
    }
    warnings = dataset.warnings + dataset.splitWarnings + (note.map { [$0] } ?? [])
    self.splits = splits
    self.words = words
    self.tokens = tokens
    self.exactDuplicates = exactDuplicates
    self.nearDuplicates = nearDuplicates
    self.nearThreshold = nearThreshold
    self.leaks = leaks
    self.contradictions = contradictions
    self.markers = markers
  }
}
