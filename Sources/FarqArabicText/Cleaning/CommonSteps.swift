/// The cleaning steps that both generations share, each as arabert 1.0.1 does it.
enum CommonSteps {
  static let link: StaticScalars = " [رابط] "
  static let mail: StaticScalars = " [بريد] "
  static let user: StaticScalars = " [مستخدم] "

  /// Cuts runs of three or more of one scalar that is no digit to two.
  static func shortenRepetition(_ text: Scalars) -> Scalars {
    guard text.count > 2 else { return text }
    var result = Scalars()
    result.reserveCapacity(text.count)
    var last: UInt32 = 0
    var run = 0
    for scalar in text {
      run = scalar == last && run > 0 ? run + 1 : 1
      last = scalar
      if run <= 2 || ScalarText.isDigit(scalar) { result.append(scalar) }
    }
    return result
  }

  /// Puts a space before and after each scalar that lacks the trait. With `keepingPluses` a `+` that touches an
  /// Arabic letter, as in presegmented text, stays where it is.
  static func spread(_ text: Scalars, unless trait: ScalarTraits, keepingPluses: Bool) -> Scalars {
    ScalarTraits.table.withUnsafeBufferPointer { table in
      text.withUnsafeBufferPointer { text in
        let lone = text.count { !ScalarTraits.of($0, in: table).contains(trait) }
        return Scalars(unsafeUninitializedCapacity: text.count + 2 * lone) { buffer, count in
          var filled = 0
          for index in 0..<text.count {
            let scalar = text[index]
            if ScalarTraits.of(scalar, in: table).contains(trait)
              || (keepingPluses && scalar == 0x2B && joinsSegments(text, index, table))
            {
              buffer[filled] = scalar
              filled += 1
            } else {
              buffer[filled] = 0x20
              buffer[filled + 1] = scalar
              buffer[filled + 2] = 0x20
              filled += 3
            }
          }
          count = filled
        }
      }
    }
  }

  private static func joinsSegments(
    _ text: UnsafeBufferPointer<UInt32>, _ index: Int, _ table: UnsafeBufferPointer<UInt16>
  ) -> Bool {
    (index > 0 && ScalarTraits.of(text[index - 1], in: table).contains(.arabicLetter))
      || (index + 1 < text.count && ScalarTraits.of(text[index + 1], in: table).contains(.arabicLetter))
  }
}
