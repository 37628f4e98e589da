/// Writes PNG files (ISO 15948) without zlib.
enum PNGEncoder {
  /// `image` as a PNG file.
  static func encode(_ image: PixelImage) -> [UInt8] {
    let size = bigEndian(UInt32(image.width)) + bigEndian(UInt32(image.height))
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", size + [8, 2, 0, 0, 0])
      + chunk("IDAT", zlib(filtered(image)))
      + chunk("IEND", [])
  }

  /// Every row behind the number of its filter: the difference to the row above where both are alike, which gives
  /// zeros, else the difference to the pixel on the left.
  private static func filtered(_ image: PixelImage) -> [UInt8] {
    let stride = image.width * 3
    var result: [UInt8] = []
    result.reserveCapacity((stride + 1) * image.height)
    for row in 0..<image.height {
      let line = image.bytes[(row * stride)..<((row + 1) * stride)]
      if row > 0, line.elementsEqual(image.bytes[((row - 1) * stride)..<(row * stride)]) {
        result.append(2)
        result += [UInt8](repeating: 0, count: stride)
        continue
      }
      result.append(1)
      result += line.prefix(3)
      for index in line.indices.dropFirst(3) { result.append(line[index] &- line[index - 3]) }
    }
    return result
  }

  /// `data` as a zlib stream (RFC 1950).
  private static func zlib(_ data: [UInt8]) -> [UInt8] {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in data {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return [0x78, 0x01] + RunLengthDeflate.compress(data) + bigEndian(high << 16 | low)
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(CyclicRedundancyCheck.crc32.checksum(body))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}
