/// The normaliser alone, text to scalars that remember where they came from: for offsets, and for added tokens that
/// are looked for in normalised text.
struct TextNormalizer: Sendable {
  let rules: ScalarRules

  init(_ rules: ScalarRules) { self.rules = rules }

  /// The normalised text.
  func normalize(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    TrackedScalar.bytes(scalars(of: text, from: 0))
  }

  /// The normalised text's scalars; `text` begins at the byte `origin` of the whole.
  func scalars(of text: UnsafeBufferPointer<UInt8>, from origin: Int) -> [TrackedScalar] {
    var output: [TrackedScalar] = []
    var run = MarkRun<TrackedScalar>()
    var position = 0
    while position < text.count {
      let decoded = UTF8Decoder.decode(text, at: position)
      let range = origin + position..<origin + position + decoded.length
      position += decoded.length
      if rules.isCleaned(decoded.scalar) { continue }
      let scalar = rules.isBlank(decoded.scalar) ? 0x20 : decoded.scalar
      var parts = rules.decomposition(of: scalar)
      if rules.isIdeograph(scalar) { parts = [0x20] + parts + [0x20] }
      for part in parts { take(TrackedScalar(scalar: part, range: range), into: &output, &run) }
    }
    return output + lowercase(run.take())
  }

  /// One scalar after decomposition: marks gather in the run, others close it.
  private func take(_ tracked: TrackedScalar, into output: inout [TrackedScalar], _ run: inout MarkRun<TrackedScalar>) {
    let combiningClass = rules.combiningClass(of: tracked.scalar)
    if combiningClass == 0 { output += lowercase(run.take()) }
    if rules.isDropped(tracked.scalar) { return }
    if combiningClass == 0 {
      output += lowercase([tracked])
    } else {
      run.insert(tracked, combiningClass)
    }
  }

  private func lowercase(_ scalars: [TrackedScalar]) -> [TrackedScalar] {
    scalars.flatMap { tracked in
      rules.lowercase(of: tracked.scalar).map { TrackedScalar(scalar: $0, range: tracked.range) }
    }
  }
}
