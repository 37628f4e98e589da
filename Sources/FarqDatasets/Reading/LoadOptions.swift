/// How data is read.
public struct LoadOptions: Sendable {
  /// The column or key of the text.
  public var textColumn: String
  /// The column or key of the label.
  public var labelColumn: String
  /// The column or key of the split.
  public var splitColumn: String
  /// The form of the records; nil means that the file's name, or else its content, tells.
  public var form: DataForm?
  /// The encoding of every file; nil means that each file's bytes tell.
  public var encoding: TextEncoding?
  /// The encoding of the names in an archive that are not UTF-8; nil means that the names tell.
  public var nameEncoding: NameEncoding?
  /// SANAD's subsets to take; nil means all that are there.
  public var subsets: Set<String>?
  /// Whether a document without a label, or a single label, is an error.
  public var requireLabels: Bool
  /// Whether documents without a label are left out, and counted.
  public var skipsUnlabelled: Bool
  /// Whether a single label is no error, as where a checkpoint is measured.
  public var allowsSingleLabel: Bool
  /// Whether texts alone matter: a folder whose name cannot be read is then no error.
  public var ignoresLabels: Bool
  /// The most bytes of one document.
  public var maximumDocumentBytes: Int
  /// What an archive may hold.
  public var archiveLimits: ArchiveLimits
  /// The file descriptor that `-` stands for.
  public var standardInput: Int32
  /// The Python program that reads parquet.
  public var python: String

  /// Makes options; the defaults read the data forms of docs/data.md.
  public init(
    textColumn: String = "text", labelColumn: String = "label", splitColumn: String = "split",
    form: DataForm? = nil, encoding: TextEncoding? = nil, nameEncoding: NameEncoding? = nil,
    subsets: Set<String>? = nil, requireLabels: Bool = true, skipsUnlabelled: Bool = false,
    allowsSingleLabel: Bool = false, ignoresLabels: Bool = false, maximumDocumentBytes: Int = 16 << 20,
    archiveLimits: ArchiveLimits = ArchiveLimits(), standardInput: Int32 = 0, python: String = "python3"
  ) {
    self.textColumn = textColumn
    self.labelColumn = labelColumn
    self.splitColumn = splitColumn
    self.form = form
    self.encoding = encoding
    self.nameEncoding = nameEncoding
    self.subsets = subsets
    self.requireLabels = requireLabels
    self.skipsUnlabelled = skipsUnlabelled
    self.allowsSingleLabel = allowsSingleLabel
    self.ignoresLabels = ignoresLabels
    self.maximumDocumentBytes = maximumDocumentBytes
    self.archiveLimits = archiveLimits
    self.standardInput = standardInput
    self.python = python
  }
}
