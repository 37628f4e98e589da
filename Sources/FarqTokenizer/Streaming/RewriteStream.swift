import FarqCore
public import Foundation

/// Rewrites texts over all cores in bounded memory, in order: whole lines of text, or the text of each JSON line, whose
/// other members stay as they stand.
public struct RewriteStream: Sendable {
  /// What a line is.
  public enum Form: String, Sendable, CaseIterable {
    /// A text.
    case text
    /// A JSON object with a text in it.
    case jsonl
  }

  private let form: Form
  private let key: [UInt8]
  private let rewrite: @Sendable (String) throws -> String
  private let blocks: BlockStream

  /// Makes a stream.
  ///
  /// - Parameters:
  ///   - form: what a line is.
  ///   - key: the member that holds the text of a JSON line.
  ///   - threads: how many blocks are in work at once; nil takes the active cores.
  ///   - rewrite: what a text becomes; called from several threads.
  public init(
    form: Form, key: String = "text", threads: Int? = nil, blockSize: Int = 1 << 18,
    rewrite: @escaping @Sendable (String) throws -> String
  ) {
    self.form = form
    self.key = Array(key.utf8)
    self.rewrite = rewrite
    blocks = BlockStream(threads: threads, blockSize: blockSize, key: key)
  }

  /// Rewrites the file `input`; returns the number of lines.
  ///
  /// - Throws: ``FarqError``: `missingInput`, `badData` with file and line, `inputOutput`, and what `rewrite` throws.
  public func run(input: URL, output: FileHandle) throws -> Int {
    try BlockStream.withFile(input) { try run(descriptor: $0, name: input.path, output: output) }
  }

  /// Rewrites what comes from an open file or pipe, called `name` in errors; returns the number of lines.
  public func run(descriptor: Int32, name: String, output: FileHandle) throws -> Int {
    var count = 0
    try blocks.run(descriptor: descriptor, name: name, output: output) { block in
      RewrittenBlock(block, form: form, key: key, rewrite: rewrite)
    } each: {
      count += $0.lines
    }
    return count
  }
}
