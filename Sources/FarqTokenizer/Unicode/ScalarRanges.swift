/// Reads the compact text of the generated tables: hexadecimal ranges and pairs.
enum ScalarRanges {
  /// Ranges as `41-5a 61`.
  static func ranges(_ text: StaticString) -> [ClosedRange<UInt32>] {
    fields(text, separator: UInt8(ascii: " ")).compactMap(range)
  }

  /// Mappings as `c0>41,300 c1>41,301`.
  static func pairs(_ text: StaticString) -> [(UInt32, [UInt32])] {
    fields(text, separator: UInt8(ascii: " ")).compactMap { field in
      let sides = field.split(separator: UInt8(ascii: ">"))
      guard sides.count == 2 else { return nil }
      return (number(sides[0]), sides[1].split(separator: UInt8(ascii: ",")).map(number))
    }
  }

  /// Values with their ranges as `230:300-314,33d 9:94d`; the value is decimal.
  static func values(_ text: StaticString) -> [(UInt8, [ClosedRange<UInt32>])] {
    fields(text, separator: UInt8(ascii: " ")).compactMap { field in
      let sides = field.split(separator: UInt8(ascii: ":"))
      guard sides.count == 2 else { return nil }
      let value = sides[0].reduce(UInt8(0)) { $0 &* 10 &+ ($1 &- 48) }
      return (value, sides[1].split(separator: UInt8(ascii: ",")).compactMap(range))
    }
  }

  private static func fields(_ text: StaticString, separator: UInt8) -> [Slice<UnsafeBufferPointer<UInt8>>] {
    UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).split(separator: separator)
  }

  private static func range(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> ClosedRange<UInt32>? {
    let ends = field.split(separator: UInt8(ascii: "-"))
    guard let first = ends.first, let last = ends.last else { return nil }
    return number(first)...number(last)
  }

  private static func number(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
    field.reduce(UInt32(0)) { $0 << 4 | UInt32($1 < 58 ? $1 &- 48 : $1 &- 87) }
  }
}
