/// The normaliser alone, text to text, for added tokens that are looked for in normalised text.
struct TextNormalizer: Sendable {
  private let rules: ScalarRules

  init(_ rules: ScalarRules) { self.rules = rules }

  /// The normalised text.
  func normalize(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output = GrowingBuffer<UInt8>(capacity: text.count + 16)
    defer { output.free() }
    var run = MarkRun()
    func emit(_ scalar: UInt32) {
      for lowered in rules.lowercase(of: scalar) { UTF8Decoder.append(lowered, to: &output) }
    }
    func take(_ scalar: UInt32) {
      let combiningClass = rules.combiningClass(of: scalar)
      if combiningClass == 0 { run.take().forEach(emit) }
      if rules.isDropped(scalar) { return }
      if combiningClass == 0 { emit(scalar) } else { run.insert(scalar, combiningClass) }
    }
    var position = 0
    while position < text.count {
      let decoded = UTF8Decoder.decode(text, at: position)
      position += decoded.length
      if rules.isCleaned(decoded.scalar) { continue }
      let scalar = rules.isBlank(decoded.scalar) ? 0x20 : decoded.scalar
      let isIdeograph = rules.isIdeograph(scalar)
      if isIdeograph { take(0x20) }
      rules.decomposition(of: scalar).forEach(take)
      if isIdeograph { take(0x20) }
    }
    run.take().forEach(emit)
    return Array(UnsafeBufferPointer(start: output.start, count: output.count))
  }
}
