/// Cuts text into words for comparing texts: runs of letters and digits, ASCII letters in lower case, Arabic vowel
/// marks and tatweel left out, everything else a border.
enum WordScanner {
  /// Hands a 64-bit hash (FNV-1a over the scalars, mixed) of each word of `text` to `body`.
  static func forEachWordHash(in text: String, _ body: (UInt64) -> Void) {
    var hash: UInt64 = 0
    for scalar in text.unicodeScalars {
      switch kind(scalar.value, scalar) {
      case .letter(let value):
        hash = ((hash == 0 ? 0xCBF2_9CE4_8422_2325 : hash) ^ UInt64(value)) &* 0x0000_0100_0000_01B3
      case .passedOver: continue
      case .border:
        if hash != 0 { body(mixed(hash)) }
        hash = 0
      }
    }
    if hash != 0 { body(mixed(hash)) }
  }

  /// The number of words of `text` as `str.split` of Python counts them: runs without white space.
  static func wordCount(of text: String) -> Int {
    var count = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let isSpace =
        value < 0x80
        ? value == 0x20 || (0x09...0x0D).contains(value) || (0x1C...0x1F).contains(value)
        : isWideSpace(value)
      if !isSpace, !isInWord { count += 1 }
      isInWord = !isSpace
    }
    return count
  }

  /// Scrambles all bits (the finisher of SplitMix64).
  @inline(__always)
  static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  private enum Kind {
    case letter(UInt32)
    case passedOver
    case border
  }

  @inline(__always)
  private static func kind(_ value: UInt32, _ scalar: Unicode.Scalar) -> Kind {
    if value < 0x80 {
      switch value {
      case 0x30...0x39, 0x61...0x7A: return .letter(value)
      case 0x41...0x5A: return .letter(value | 0x20)
      default: return .border
      }
    }
    switch value {
    case 0x0640, 0x064B...0x065F, 0x0670: return .passedOver
    case 0x0620...0x0669, 0x0671...0x06D3: return .letter(value)
    default: return otherKind(scalar)
    }
  }

  private static func otherKind(_ scalar: Unicode.Scalar) -> Kind {
    let properties = scalar.properties
    if properties.isAlphabetic || properties.numericType != nil { return .letter(scalar.value) }
    return properties.generalCategory == .nonspacingMark || properties.generalCategory == .format
      ? .passedOver : .border
  }

  @inline(__always)
  private static func isWideSpace(_ value: UInt32) -> Bool {
    switch value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}
