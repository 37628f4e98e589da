/// NFC with Python's data (Unicode 14.0.0), as the slow tokenizer applies it.
struct CanonicalComposition: Sendable {
  /// Made on first use.
  static let python = CanonicalComposition(.python)

  private let properties: ScalarProperties
  private var pairs: [UInt64: UInt32] = [:]

  private init(_ properties: ScalarProperties) {
    self.properties = properties
    let excluded = Set(ScalarRanges.ranges(PythonScalarData.uncomposed).flatMap { Array($0) })
    let whole = properties.allDecompositions.filter { !excluded.contains($0.key) }
    let byParts = Dictionary(whole.map { ($0.value, $0.key) }) { first, _ in first }
    for (composite, parts) in whole where parts.count > 1 {
      let head = Array(parts.dropLast())
      guard let first = head.count == 1 ? head[0] : byParts[head] else { continue }
      pairs[Self.key(first, parts[parts.count - 1])] = composite
    }
  }

  /// The canonical composition of `scalars`.
  func compose(_ scalars: [UInt32]) -> [UInt32] {
    if scalars.allSatisfy({ $0 < 0x300 }) { return scalars }
    var result: [UInt32] = []
    var starter: Int?
    var lastClass: UInt8 = 0
    for scalar in decompose(scalars) {
      let combiningClass = properties.combiningClass(of: scalar)
      if let place = starter, lastClass == 0 ? place == result.count - 1 : lastClass < combiningClass,
        let composite = composite(result[place], scalar)
      {
        result[place] = composite
        continue
      }
      if combiningClass == 0 { starter = result.count }
      lastClass = combiningClass
      result.append(scalar)
    }
    return result
  }

  /// The canonical decomposition of `scalars`, marks in canonical order.
  func decompose(_ scalars: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var run = MarkRun()
    for scalar in scalars.flatMap(properties.decomposition(of:)) {
      let combiningClass = properties.combiningClass(of: scalar)
      if combiningClass == 0 {
        result += run.take()
        result.append(scalar)
      } else {
        run.insert(scalar, combiningClass)
      }
    }
    return result + run.take()
  }

  private func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= 0x1100, first < 0x1113, second >= 0x1161, second < 0x1176 {
      return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    }
    if first >= 0xAC00, first < 0xD7A4, (first - 0xAC00) % 28 == 0, second > 0x11A7, second < 0x11C3 {
      return first + second - 0x11A7
    }
    return pairs[Self.key(first, second)]
  }

  private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }
}
