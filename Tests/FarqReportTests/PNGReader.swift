/// Reads the PNG files that Farq writes: fixed Deflate codes, 8-bit colour; for tests.
struct PNGReader {
  struct Malformed: Error {}

  let width: Int
  let height: Int
  /// [height, width, 3].
  let pixels: [UInt8]

  init(_ png: [UInt8]) throws {
    guard png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { throw Malformed() }
    var chunks: [String: [UInt8]] = [:]
    var start = 8
    while start + 12 <= png.count {
      let length = Self.number(png[start..<start + 4])
      guard start + 12 + length <= png.count else { throw Malformed() }
      let body = png[start + 4..<start + 8 + length]
      guard Self.number(png[start + 8 + length..<start + 12 + length]) == Self.check(body) else { throw Malformed() }
      chunks[String(decoding: body.prefix(4), as: UTF8.self)] = Array(body.dropFirst(4))
      start += 12 + length
    }
    guard let header = chunks["IHDR"], let data = chunks["IDAT"], chunks["IEND"] == [], start == png.count,
      Array(header[8...]) == [8, 2, 0, 0, 0], data[0] == 0x78, (Int(data[0]) * 256 + Int(data[1])) % 31 == 0
    else { throw Malformed() }
    width = Self.number(header[0..<4])
    height = Self.number(header[4..<8])
    let raw = try Self.inflate(Array(data[2..<data.count - 4]))
    var (low, high) = (1, 0)
    for byte in raw {
      low = (low + Int(byte)) % 65521
      high = (high + low) % 65521
    }
    guard Self.number(data.suffix(4)) == high << 16 | low, raw.count == height * (width * 3 + 1) else {
      throw Malformed()
    }
    pixels = try Self.unfiltered(raw, width * 3)
  }

  private static func unfiltered(_ raw: [UInt8], _ stride: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    for start in Swift.stride(from: 0, to: raw.count, by: stride + 1) {
      for column in 0..<stride {
        let left = column >= 3 ? result[result.count - 3] : 0
        let above = result.count >= stride ? result[result.count - stride] : 0
        switch raw[start] {
        case 1: result.append(raw[start + 1 + column] &+ left)
        case 2: result.append(raw[start + 1 + column] &+ above)
        default: throw Malformed()
        }
      }
    }
    return result
  }

  private static func inflate(_ data: [UInt8]) throws -> [UInt8] {
    var position = 0
    func bit() throws -> Int {
      guard position / 8 < data.count else { throw Malformed() }
      defer { position += 1 }
      return Int(data[position / 8] >> (position % 8)) & 1
    }
    func code(_ count: Int) throws -> Int { try (0..<count).reduce(0) { value, _ in value << 1 | (try bit()) } }
    func bits(_ count: Int) throws -> Int { try (0..<count).reduce(0) { value, index in value | (try bit()) << index } }
    guard try bits(3) == 0b011 else { throw Malformed() }
    let bases = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
    ]
    var result: [UInt8] = []
    while true {
      var symbol = try code(7)
      if symbol <= 0b001_0111 {
        symbol += 256
      } else {
        symbol = symbol << 1 | (try bit())
        switch symbol {
        case 0x30...0xBF: symbol -= 0x30
        case 0xC0...0xC7: symbol += 280 - 0xC0
        default: symbol = (symbol << 1 | (try bit())) - 0x190 + 144
        }
      }
      if symbol < 256 {
        result.append(UInt8(symbol))
      } else if symbol == 256 {
        return result
      } else {
        let index = symbol - 257
        let length = bases[index] + (index < 8 || index == 28 ? 0 : try bits(index / 4 - 1))
        guard try code(5) == 0, let last = result.last else { throw Malformed() }
        result += [UInt8](repeating: last, count: length)
      }
    }
  }

  private static func number(_ bytes: some Collection<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  private static func check(_ bytes: some Collection<UInt8>) -> Int {
    var value: UInt32 = .max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
    }
    return Int(~value)
  }
}
