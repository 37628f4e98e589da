/// Python's `html.unescape`: HTML 5's character references, the invalid ones included.
enum HTMLEntities {
  private static let named: [String: Scalars] = {
    var table: [String: Scalars] = [:]
    for part in [HTMLEntityTable1.text, HTMLEntityTable2.text] {
      for entry in part.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        guard let equals = entry.firstIndex(of: "=") else { continue }
        table[String(entry[..<equals])] =
          entry[entry.index(after: equals)...].split(separator: "+").compactMap { UInt32($0, radix: 16) }
      }
    }
    return table
  }()

  private static let replaced: [UInt32: UInt32] = {
    var table: [UInt32: UInt32] = [:]
    for entry in HTMLNumericTable.replacements.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let sides = entry.split(separator: "=").compactMap { UInt32($0, radix: 16) }
      if sides.count == 2 { table[sides[0]] = sides[1] }
    }
    return table
  }()

  private static let dropped = ScalarRanges(hexadecimal: HTMLNumericTable.dropped)

  /// Replaces the character references of a text.
  static func unescape(_ text: Scalars) -> Scalars {
    var result = Scalars()
    result.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      guard text[index] == 0x26 else {
        result.append(text[index])
        index += 1
        continue
      }
      if let end = appendNumber(text, after: index + 1, to: &result) ?? appendName(text, after: index + 1, to: &result)
      {
        index = end
      } else {
        result.append(0x26)
        index += 1
      }
    }
    return result
  }

  /// A reference as `#65;` or `#x41;`; gives the index behind it, or nil where there is none.
  private static func appendNumber(_ text: Scalars, after start: Int, to result: inout Scalars) -> Int? {
    guard start < text.count, text[start] == 0x23 else { return nil }
    var index = start + 1
    let hexadecimal = index < text.count && text[index] | 0x20 == 0x78
    if hexadecimal { index += 1 }
    let first = index
    var number: UInt32 = 0
    while index < text.count, let digit = value(text[index], hexadecimal: hexadecimal) {
      number = min(0x110000, number * (hexadecimal ? 16 : 10) + digit)
      index += 1
    }
    guard index > first else { return nil }
    if index < text.count, text[index] == 0x3B { index += 1 }
    if let other = replaced[number] {
      result.append(other)
    } else if (0xD800...0xDFFF).contains(number) || number > 0x10FFFF {
      result.append(0xFFFD)
    } else if !dropped.contains(number) {
      result.append(number)
    }
    return index
  }

  private static func value(_ scalar: UInt32, hexadecimal: Bool) -> UInt32? {
    switch scalar {
    case 0x30...0x39: scalar - 0x30
    case 0x41...0x46 where hexadecimal: scalar - 0x41 + 10
    case 0x61...0x66 where hexadecimal: scalar - 0x61 + 10
    default: nil
    }
  }

  /// A reference by name, the longest known beginning of it; gives the index behind it, or nil where there is none.
  private static func appendName(_ text: Scalars, after start: Int, to result: inout Scalars) -> Int? {
    var end = start
    while end < text.count, end - start < 32, !endsName(text[end]) { end += 1 }
    guard end > start else { return nil }
    if end < text.count, text[end] == 0x3B { end += 1 }
    // A name is ASCII: what follows the first other scalar cannot belong to one.
    let name = text[start..<end].prefix { $0 < 0x80 }
    for length in stride(from: name.count, through: min(2, end - start), by: -1) {
      let candidate = String(decoding: name.prefix(length).map { UInt8($0) }, as: UTF8.self)
      guard let value = named[candidate] else { continue }
      result += value
      result += text[(start + length)..<end]
      return end
    }
    result.append(0x26)
    result += text[start..<end]
    return end
  }

  private static func endsName(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x9, 0xA, 0xC, 0x20, 0x3C, 0x26, 0x23, 0x3B: true
    default: false
    }
  }
}
