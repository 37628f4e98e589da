/// Text without added tokens to words, in one pass over its bytes: normaliser and word splitter at once.
struct WordSplitter<Sink: WordSink> {
  private let table: ActionTable
  /// Who takes the words.
  var sink: Sink
  /// The word being read, where it is not a slice of the text as it stands.
  private var scratch = GrowingBuffer<UInt8>(capacity: 256)
  private var run = MarkRun()
  private var isCopied = false
  private var start = 0
  private var scalars = 0

  init(table: ActionTable, sink: Sink) {
    self.table = table
    self.sink = sink
  }

  /// Frees the memory, the sink's too; the splitter must not be used after.
  func free() {
    sink.free()
    scratch.free()
  }

  /// Hands the words of `text` to the sink; stops early once that is full.
  mutating func split(_ text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return }
    begin(at: 0)
    var position = 0
    while position < text.count {
      let lead = base[position]
      var length = 1
      let action: UInt8
      if lead < 0x80 {
        action = table.low[Int(lead)]
      } else if lead >= 0xC2, lead < 0xE0, position + 1 < text.count, base[position + 1] & 0xC0 == 0x80 {
        length = 2
        action = table.low[Int(lead & 0x1F) << 6 | Int(base[position + 1] & 0x3F)]
      } else {
        let decoded = UTF8Decoder.decode(text, at: position)
        length = decoded.length
        action = decoded.isValid ? table.action(decoded.scalar) : brokenAction
      }
      switch action {
      case ScalarAction.word:
        if isCopied { scratch.append(base + position, length) }
        scalars += 1
        position += length
      case ScalarAction.removed:
        if scalars == 0 { start = position + length } else { copy(base, upTo: position) }
        position += length
      case ScalarAction.separator:
        finish(base, at: position)
        position += length
        begin(at: position)
        if sink.isFull { return }
      case ScalarAction.isolated:
        finish(base, at: position)
        sink.take(base + position, length, scalars: 1)
        position += length
        begin(at: position)
        if sink.isFull { return }
      default:
        copy(base, upTo: position)
        position = replace(text, at: position)
      }
    }
    finish(base, at: position)
  }

  /// What happens to a broken byte, which reads as U+FFFD.
  private var brokenAction: UInt8 {
    let action = table.action(UTF8Decoder.replacement)
    return action == ScalarAction.removed ? action : ScalarAction.mapped
  }

  @inline(__always)
  private mutating func begin(at position: Int) {
    start = position
    scalars = 0
    if isCopied {
      scratch.count = 0
      isCopied = false
    }
  }

  /// Goes over from a slice of the text to a copy of the word.
  private mutating func copy(_ base: UnsafePointer<UInt8>, upTo position: Int) {
    guard !isCopied else { return }
    isCopied = true
    scratch.count = 0
    scratch.append(base + start, position - start)
  }

  @inline(__always)
  private mutating func finish(_ base: UnsafePointer<UInt8>, at position: Int) {
    guard scalars > 0 else { return }
    if isCopied {
      sink.take(scratch.start, scratch.count, scalars: scalars)
    } else {
      sink.take(base + start, position - start, scalars: scalars)
    }
  }

  /// Handles what is not a plain scalar from `position` on, and returns where plain reading goes on.
  private mutating func replace(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    var position = position
    repeat {
      let (scalar, length, _) = UTF8Decoder.decode(text, at: position)
      position += length
      if table.rules.isCleaned(scalar) { continue }
      let isIdeograph = table.rules.isIdeograph(scalar)
      if isIdeograph { finishCopied() }
      for part in table.rules.decomposition(of: scalar) { take(part) }
      if isIdeograph { finishCopied() }
    } while position < text.count && run.isOpen && continuesRun(text, at: position)
    flushRun()
    return position
  }

  /// Whether the scalar at `position` leaves an open run of marks open.
  private func continuesRun(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
    let scalar = UTF8Decoder.decode(text, at: position).scalar
    if table.rules.isCleaned(scalar) { return true }
    return table.rules.decomposition(of: scalar).first.map { table.rules.combiningClass(of: $0) != 0 } ?? false
  }

  /// One scalar after decomposition: marks gather in the run, others close it.
  private mutating func take(_ scalar: UInt32) {
    let combiningClass = table.rules.combiningClass(of: scalar)
    if combiningClass == 0 { flushRun() }
    if table.rules.isDropped(scalar) { return }
    if combiningClass == 0 {
      emit(scalar)
    } else {
      run.insert(scalar, combiningClass)
    }
  }

  private mutating func flushRun() {
    guard run.isOpen else { return }
    let marks = run.take()
    for mark in marks { emit(mark) }
  }

  /// One scalar after accent stripping: lower case, then the word splitter.
  private mutating func emit(_ scalar: UInt32) {
    for lowered in table.rules.lowercase(of: scalar) {
      switch table.rules.splitAction(lowered) {
      case ScalarAction.separator:
        finishCopied()
      case ScalarAction.isolated:
        finishCopied()
        UTF8Decoder.append(lowered, to: &scratch)
        scalars = 1
        finishCopied()
      default:
        UTF8Decoder.append(lowered, to: &scratch)
        scalars += 1
      }
    }
  }

  private mutating func finishCopied() {
    if scalars > 0 { sink.take(scratch.start, scratch.count, scalars: scalars) }
    scratch.count = 0
    scalars = 0
  }
}
