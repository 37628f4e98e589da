import FarqArabicText
import FarqCore
import Testing

/// Corruptions to the byte.
@Suite struct TextCorruptionTests {
  private func noisy(_ text: String, _ noise: SpellingNoise, rate: Double = 1, seed: UInt64 = 1) -> String {
    var generator = SeededGenerator(seed: seed)
    return noise.applied(to: text, rate: rate, using: &generator)
  }

  @Test func everyPlace() {
    #expect(noisy("جخذزشضظغثقةي سلام", .dots) == "ححدرسصطعتفهى سلام")
    #expect(noisy("أإآؤئ ءا", .hamza) == "اااوى ءا")
    #expect(noisy("قال وزير  المال: نعم a ب", .joined) == "قالوزير  المال: نعم a ب")
    for noise in SpellingNoise.allCases {
      #expect(noisy("", noise).isEmpty && noisy("abc 12", noise) == "abc 12")
      #expect(noisy("قال أن الشيخ", noise, rate: 0) == "قال أن الشيخ")
    }
  }

  /// Marks belong to their letters, and stay.
  @Test func marksStay() {
    #expect(Array(noisy("ذَهَبَ", .dots).unicodeScalars) == Array("دَهَبَ".unicodeScalars))
  }

  /// The same seed changes the same places; about the share that was asked for.
  @Test func rateAndSeed() {
    let text = String(repeating: "ش", count: 4000)
    let once = noisy(text, .dots, rate: 0.3)
    #expect(once == noisy(text, .dots, rate: 0.3) && once != noisy(text, .dots, rate: 0.3, seed: 2))
    let changed = once.unicodeScalars.count { $0 == "س" }
    #expect(abs(changed - 1200) < 120)
  }

  @Test func passages() {
    var generator = SeededGenerator(seed: 3)
    let text = "واحد اثنان\n\nثلاثة  أربعة خمسة"
    for _ in 0..<20 {
      let passage = DistractingPassage.passage(of: text, words: 2, using: &generator)
      #expect(["واحد اثنان", "اثنان\n\nثلاثة", "ثلاثة  أربعة", "أربعة خمسة"].contains(passage))
    }
    #expect(DistractingPassage.passage(of: "  واحد \n اثنان ", words: 2, using: &generator) == "واحد اثنان")
    #expect(DistractingPassage.inserted("س", into: "ا ب ت ث", at: .before) == "س\nا ب ت ث")
    #expect(DistractingPassage.inserted("س", into: "ا ب ت ث", at: .after) == "ا ب ت ث\nس")
    #expect(DistractingPassage.inserted("س", into: "ا ب  ت ث", at: .inside) == "ا ب\nس\nت ث")
    #expect(DistractingPassage.inserted("س", into: "ا ب ت", at: .inside) == "ا\nس\nب ت")
    #expect(DistractingPassage.inserted("س", into: "ا", at: .inside) == "ا\nس")
  }
}
