/// Takes the words that a ``WordSplitter`` finds.
protocol WordSink {
  /// Whether no more words are wanted.
  var isFull: Bool { get }

  /// Takes a word of `length` normalised bytes, `scalars` scalars; the bytes are valid during the call.
  mutating func take(_ word: UnsafePointer<UInt8>, _ length: Int, scalars: Int)

  /// Frees the memory; the sink must not be used after.
  func free()
}
