/// Owns the working memory of one encoder.
final class PooledEncoder {
  var core: WordSplitter<WordPieceSink>

  init(_ core: WordSplitter<WordPieceSink>) { self.core = core }

  deinit { core.free() }

  /// The ids found so far.
  var ids: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: core.sink.ids.start, count: core.sink.ids.count)
  }

  /// Forgets the ids and sets how many will be enough.
  func reset(limit: Int) {
    core.sink.ids.count = 0
    core.sink.limit = limit
  }
}
