/// A sink that turns words into ids.
protocol EncodingSink: WordSink {
  /// The ids found so far.
  var ids: GrowingBuffer<Int32> { get set }
  /// So many ids are enough.
  var limit: Int { get set }
}

extension EncodingSink {
  @inline(__always)
  var isFull: Bool { ids.count >= limit }
}
