/// A text as unicode scalars; the preprocessor's working form.
typealias Scalars = [UInt32]

/// Tests and passes over scalars.
enum ScalarText {
  /// The scalars of a text.
  static func decode(_ text: String) -> Scalars {
    var text = text
    return text.withUTF8 { bytes in
      Scalars(unsafeUninitializedCapacity: bytes.count) { buffer, count in
        var filled = 0
        var index = 0
        while index < bytes.count {
          let first = UInt32(bytes[index])
          // A string's bytes are valid UTF-8: the first one tells how many follow.
          let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
          var scalar = length == 1 ? first : first & (0x7F >> UInt32(length))
          for offset in 1..<max(length, 1) { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
          buffer[filled] = scalar
          filled += 1
          index += length
        }
        count = filled
      }
    }
  }

  /// The text of scalars.
  static func encode(_ scalars: Scalars) -> String {
    let size = scalars.reduce(0) { $0 + ($1 < 0x80 ? 1 : $1 < 0x800 ? 2 : $1 < 0x10000 ? 3 : 4) }
    return String(unsafeUninitializedCapacity: size) { buffer in
      var filled = 0
      func put(_ byte: UInt32) {
        buffer[filled] = UInt8(truncatingIfNeeded: byte)
        filled += 1
      }
      for scalar in scalars {
        switch scalar {
        case ..<0x80: put(scalar)
        case ..<0x800:
          put(0xC0 | scalar >> 6)
          put(0x80 | scalar & 0x3F)
        case ..<0x10000:
          put(0xE0 | scalar >> 12)
          put(0x80 | scalar >> 6 & 0x3F)
          put(0x80 | scalar & 0x3F)
        default:
          put(0xF0 | scalar >> 18)
          put(0x80 | scalar >> 12 & 0x3F)
          put(0x80 | scalar >> 6 & 0x3F)
          put(0x80 | scalar & 0x3F)
        }
      }
      return filled
    }
  }

  /// Appends a scalar as UTF-8.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    guard scalar >= 0x80 else { return bytes.append(UInt8(truncatingIfNeeded: scalar)) }
    if let encoded = Unicode.Scalar(scalar).flatMap(UTF8.encode) { bytes.append(contentsOf: encoded) }
  }

  /// Python's `\s`.
  @inline(__always)
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x9...0xD, 0x1C...0x1F: true
    case ..<0x85: false
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Python's `\d`.
  @inline(__always)
  static func isDigit(_ scalar: UInt32) -> Bool {
    if scalar < 0x660 { return scalar >= 0x30 && scalar <= 0x39 }
    if scalar < 0x6F0 { return scalar <= 0x669 }
    return ScalarRanges.digit.contains(scalar)
  }

  /// Python's `\w`.
  static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 {
      return isLetterASCII(scalar) || scalar == 0x5F || (scalar >= 0x30 && scalar <= 0x39)
    }
    return ScalarRanges.word.contains(scalar)
  }

  /// `[a-zA-Z]`.
  @inline(__always)
  static func isLetterASCII(_ scalar: UInt32) -> Bool {
    let folded = scalar | 0x20
    return folded >= 0x61 && folded <= 0x7A
  }

  /// Whether `pattern` stands at `index`.
  @inline(__always)
  static func stands(_ pattern: StaticScalars, at index: Int, in text: Scalars) -> Bool {
    guard index + pattern.scalars.count <= text.count else { return false }
    for offset in 0..<pattern.scalars.count where text[index + offset] != pattern.scalars[offset] { return false }
    return true
  }

  /// Python's `" ".join(text.split())`, with U+FE0F left out where told.
  static func collapse(_ text: Scalars, dropping dropped: UInt32? = nil) -> Scalars {
    var result = Scalars()
    result.reserveCapacity(text.count)
    var pending = false
    for scalar in text where scalar != dropped {
      if isSpace(scalar) {
        pending = !result.isEmpty
      } else {
        if pending { result.append(0x20) }
        pending = false
        result.append(scalar)
      }
    }
    return result
  }

  /// The words of a text, as Python's `str.split()` gives them.
  static func words(_ text: Scalars) -> [ArraySlice<UInt32>] {
    text.split(whereSeparator: isSpace)
  }

  /// Python's `str.strip()`.
  static func strip(_ text: Scalars) -> Scalars {
    guard let first = text.firstIndex(where: { !isSpace($0) }),
      let last = text.lastIndex(where: { !isSpace($0) })
    else { return [] }
    return Scalars(text[first...last])
  }

  /// Replaces every match that `next` finds, left to right and not overlapping, as Python's `re.sub` does.
  static func replace(
    _ text: Scalars, with replacement: StaticScalars, next: (Scalars, Int) -> Range<Int>?
  ) -> Scalars {
    guard var match = next(text, 0) else { return text }
    var result = Scalars()
    result.reserveCapacity(text.count)
    var position = 0
    while true {
      result += text[position..<match.lowerBound]
      result += replacement.scalars
      position = match.upperBound
      guard let following = next(text, position) else { break }
      match = following
    }
    result += text[position...]
    return result
  }
}
