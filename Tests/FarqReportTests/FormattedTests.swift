import FarqReport
import Testing

@Suite("Formatted")
struct FormattedTests {
  @Test("numbers look as a reader wants them")
  func numbers() {
    #expect(Formatted.percent(0.98514) == "98.51\u{202F}%")
    #expect(Formatted.percent(.nan) == "–")
    #expect(Formatted.points(0.0012) == "+0.12")
    #expect(Formatted.points(-0.0012) == "−0.12")
    #expect(Formatted.points(-0.000001) == "0.00")
    #expect(Formatted.integer(-1_234_567, separator: ",") == "−1,234,567")
    #expect(Formatted.integer(12, separator: ",") == "12")
    #expect(Formatted.count(135_198_727) == "135.2\u{202F}M")
    #expect(Formatted.bytes(3_412_000_000) == "3.41\u{202F}GB")
    #expect(Formatted.bytes(0) == "–")
    #expect(Formatted.probability(0.0004) == "<\u{202F}0.001")
    #expect(Formatted.probability(0.0314) == "0.031")
    #expect(Formatted.short(2e-5) == "2e−5")
    #expect(Formatted.short(0) == "0")
    #expect(Formatted.short(-3) == "−3")
    #expect(Formatted.short(3.25) == "3.25")
    #expect(Formatted.short(4_200_000) == "4.2e6")
  }

  @Test(
    "durations",
    arguments: [
      (0.84, "0.8 s"), (9.96, "10 s"), (59.6, "1 min 0 s"), (192, "3 min 12 s"), (3599.7, "1 h 00 min"),
      (7500, "2 h 05 min"), (.nan, "–"), (-1, "–"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(Formatted.duration(seconds).replacing("\u{202F}", with: " ") == text)
  }
}
