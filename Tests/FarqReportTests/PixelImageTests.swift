import FarqCore
import FarqReport
import Testing

@Suite("PixelImage")
struct PixelImageTests {
  @Test("check values of the standards")
  func checksums() {
    let digits = Array("123456789".utf8)
    #expect(CyclicRedundancyCheck.crc32.checksum(digits) == 0xCBF4_3926)
    #expect(CyclicRedundancyCheck.crc32c.checksum(digits) == 0xE306_9283)
    #expect(CyclicRedundancyCheck.crc32c.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
  }

  @Test("a PNG reads back pixel by pixel", arguments: [(1, 1), (3, 2), (86, 1), (300, 5), (1000, 40)])
  func roundTrip(width: Int, height: Int) throws {
    var generator = SeededGenerator(seed: UInt64(width))
    var image = PixelImage(width: width, height: height)
    for _ in 0..<40 {
      image.fill(
        x: generator.below(width) - 3, y: generator.below(height) - 1, width: generator.below(width) + 1,
        height: generator.below(4), red: UInt8(generator.below(256)), green: UInt8(generator.below(256)),
        blue: UInt8(generator.below(256)))
    }
    let read = try PNGReader(image.png)
    #expect(read.width == width)
    #expect(read.height == height)
    #expect(read.pixels == image.bytes)
  }

  @Test("runs of every length are compressed rightly")
  func runs() throws {
    var image = PixelImage(width: 1400, height: 1)
    for run in 1...400 {
      image.fill(x: run * 3, y: 0, width: run % 29 + 1, height: 1, red: 0, green: UInt8(run % 7), blue: 9)
    }
    #expect(try PNGReader(image.png).pixels == image.bytes)
    let flat = (1...90).map { PixelImage(width: $0, height: 1) }
    #expect(try flat.allSatisfy { try PNGReader($0.png).pixels == $0.bytes })
    #expect(PixelImage(width: 500, height: 500).png.count < 10_000)
  }

  @Test("a confusion matrix is darkest on its diagonal, whatever its shape", arguments: [0, 1, 7, 300])
  func confusion(labels: Int) throws {
    let counts = (0..<labels).map { row in (0..<labels).map { $0 == row ? 1205 : $0 == 0 ? 3 : 0 } }
    let image = PixelImage(confusionMatrix: counts)
    #expect(image.width == image.height)
    #expect(image.width <= 4300)
    guard labels == 7 else { return }
    func red(_ row: Int, _ column: Int) -> UInt8 { image.bytes[((row * 42 + 3) * image.width + column * 42 + 3) * 3] }
    #expect(red(2, 2) < 20)
    #expect(red(2, 0) > 200 && red(2, 0) < 255)
    #expect(red(2, 1) == 255)
    #expect(PixelImage(confusionMatrix: [[1, 2, 3], [-4]]).width == 85)
  }
}
