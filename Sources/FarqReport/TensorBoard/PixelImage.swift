/// A small picture of red, green and blue bytes.
public struct PixelImage: Sendable, Equatable {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The bytes, [height, width, 3].
  public private(set) var bytes: [UInt8]

  /// A picture of one colour; sizes below 1 become 1.
  public init(width: Int, height: Int, red: UInt8 = 255, green: UInt8 = 255, blue: UInt8 = 255) {
    self.width = max(width, 1)
    self.height = max(height, 1)
    bytes = []
    bytes.reserveCapacity(self.width * self.height * 3)
    for _ in 0..<(self.width * self.height) { bytes += [red, green, blue] }
  }

  /// Fills a rectangle; what lies outside the picture is left out.
  public mutating func fill(x: Int, y: Int, width: Int, height: Int, red: UInt8, green: UInt8, blue: UInt8) {
    for row in max(y, 0)..<max(min(y + height, self.height), max(y, 0)) {
      for column in max(x, 0)..<max(min(x + width, self.width), max(x, 0)) {
        let start = (row * self.width + column) * 3
        bytes[start] = red
        bytes[start + 1] = green
        bytes[start + 2] = blue
      }
    }
  }

  /// The picture as a PNG file (ISO 15948): 8-bit colour, no interlace.
  public var png: [UInt8] {
    PNGEncoder.encode(self)
  }
}
