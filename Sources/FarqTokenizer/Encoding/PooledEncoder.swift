/// Owns the working memory of one encoder, which follows the `tokenizers` library or the slow tokenizer.
final class PooledEncoder {
  private var fast: WordSplitter<WordPieceSink>
  private var slow: WordSplitter<SlowChunkSink>?

  init(table: ActionTable, model: WordPieceModel, slow configuration: TokenizerConfiguration?) {
    fast = WordSplitter(table: table, sink: WordPieceSink(model: model))
    slow = configuration.map {
      WordSplitter(table: table, sink: SlowChunkSink(model: model, configuration: $0))
    }
  }

  deinit {
    fast.free()
    slow?.free()
  }

  /// The ids found so far.
  var ids: UnsafeBufferPointer<Int32> {
    let ids = slow?.sink.ids ?? fast.sink.ids
    return UnsafeBufferPointer(start: ids.start, count: ids.count)
  }

  /// Whether there are as many ids as wanted.
  var isFull: Bool { slow?.sink.isFull ?? fast.sink.isFull }

  /// Forgets the ids and sets how many will be enough.
  func reset(limit: Int) {
    fast.sink.ids.count = 0
    fast.sink.limit = limit
    slow?.sink.ids.count = 0
    slow?.sink.limit = limit
  }

  /// Appends the ids of a text without added tokens.
  func encode(_ text: UnsafeBufferPointer<UInt8>) {
    if slow == nil {
      fast.split(text)
    } else {
      slow?.split(text)
    }
  }

  /// Appends one id.
  func append(_ id: Int32) {
    if slow == nil {
      fast.sink.ids.append(id)
    } else {
      slow?.sink.ids.append(id)
    }
  }
}
