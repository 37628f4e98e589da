/// Counts words.
struct CountingSink: WordSink {
  var counts: [[UInt8]: Int]

  var isFull: Bool { false }

  func free() {}

  mutating func take(_ word: UnsafePointer<UInt8>, _ length: Int, scalars: Int) {
    counts[Array(UnsafeBufferPointer(start: word, count: length)), default: 0] += 1
  }
}
