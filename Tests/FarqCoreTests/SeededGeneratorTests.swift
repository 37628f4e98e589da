import FarqCore
import Testing

@Suite struct SeededGeneratorTests {
  /// Reference values of SplitMix64 with seed 0 (Vigna's splitmix64.c).
  @Test func equalsTheReference() {
    var generator = SeededGenerator(seed: 0)
    #expect(generator.next() == 0xE220_A839_7B1D_CDAF)
    #expect(generator.next() == 0x6E78_9E6A_A1B9_65F4)
    #expect(generator.next() == 0x06C4_5D18_8009_454F)
  }

  @Test func shufflesTheSameWayForTheSameSeed() {
    func shuffled(_ seed: UInt64) -> [Int] {
      var generator = SeededGenerator(seed: seed)
      var items = Array(0..<100)
      generator.shuffle(&items)
      return items
    }
    #expect(shuffled(7) == shuffled(7))
    #expect(shuffled(7) != shuffled(8))
    #expect(shuffled(7).sorted() == Array(0..<100))
  }
}
