/// Which rare scalars a text has, so that steps with nothing to do are not run.
struct ScalarSummary {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var traits: UInt16 = 0

  init(_ text: Scalars) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var traits: UInt16 = 0
    ScalarTraits.table.withUnsafeBufferPointer { table in
      for scalar in text {
        if scalar < 64 { low |= 1 << UInt64(scalar) } else if scalar < 128 { high |= 1 << UInt64(scalar - 64) }
        traits |= ScalarTraits.of(scalar, in: table).rawValue
      }
    }
    self.low = low
    self.high = high
    self.traits = traits
  }

  /// Whether the ASCII character is in the text.
  func has(_ character: Unicode.Scalar) -> Bool {
    let value = UInt64(character.value)
    return value < 64 ? low >> value & 1 == 1 : high >> (value - 64) & 1 == 1
  }

  /// Whether any scalar of the text has the trait.
  func has(_ trait: ScalarTraits) -> Bool {
    traits & trait.rawValue != 0
  }
}
