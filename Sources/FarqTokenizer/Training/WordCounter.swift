/// Counts the words of texts as BERT's normaliser and word splitter see them, for ``WordPieceTrainer``.
public struct WordCounter {
  private let table: ActionTable
  private var counts: [[UInt8]: Int] = [:]

  /// Makes a counter for texts normalised as `normalizer` says.
  public init(normalizer: NormalizerOptions) {
    table = ActionTable(ScalarRules(normalizer))
  }

  /// Counts the words of `text`. Special tokens in it are words like others, as in `tokenizers`.
  public mutating func add(_ text: String) {
    var text = text
    var splitter = WordSplitter(table: table, sink: CountingSink(counts: counts))
    counts = [:]
    text.withUTF8 { splitter.split($0) }
    counts = splitter.sink.counts
    splitter.free()
  }

  /// The number of different words.
  public var count: Int { counts.count }

  /// The words in byte order with their counts.
  var sorted: [(word: [UInt8], count: Int)] {
    counts.map { (word: $0.key, count: $0.value) }.sorted { $0.word.lexicographicallyPrecedes($1.word) }
  }
}
