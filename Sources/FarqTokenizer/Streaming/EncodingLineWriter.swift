/// Writes lines `{"input_ids": […], "attention_mask": […]}`.
struct EncodingLineWriter {
  private var buffer = GrowingBuffer<UInt8>(capacity: 1 << 16)

  /// Frees the memory; the writer must not be used after.
  func free() { buffer.free() }

  /// The bytes written.
  func take() -> [UInt8] { Array(UnsafeBufferPointer(start: buffer.start, count: buffer.count)) }

  /// Writes one text's ids, `[CLS]` and `[SEP]` put around them.
  mutating func write(_ ids: Slice<UnsafeBufferPointer<Int32>>, _ tokenizer: BERTTokenizer, maximumLength: Int?) {
    let count = min(ids.count + 2, max(maximumLength ?? Int.max, 0))
    append("{\"input_ids\": [")
    for index in 0..<count {
      if index > 0 { append(", ") }
      let id =
        index == 0
        ? tokenizer.classificationID : index <= ids.count ? ids[ids.startIndex + index - 1] : tokenizer.separatorID
      append(number: UInt32(bitPattern: id))
    }
    append("], \"attention_mask\": [")
    for index in 0..<count { append(index > 0 ? ", 1" : "1") }
    append("]}\n")
  }

  @inline(__always)
  private mutating func append(_ text: StaticString) {
    buffer.append(text.utf8Start, text.utf8CodeUnitCount)
  }

  @inline(__always)
  private mutating func append(number: UInt32) {
    var divisor: UInt32 = 1
    while number / divisor >= 10 { divisor *= 10 }
    var rest = number
    while divisor > 0 {
      buffer.append(UInt8(48 + rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}
