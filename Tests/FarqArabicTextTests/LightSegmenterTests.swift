import FarqArabicText
import FarqTesting
import Foundation
import Testing

/// The rule-based segmenter against words segmented by hand; docs/preprocessing.md has the numbers.
@Suite struct LightSegmenterTests {
  /// The words and their segmentation.
  private static func words() throws -> [(word: String, expected: String)] {
    try String(contentsOf: Fixture.url("segmentation/words.tsv"), encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { line in
        let fields = line.split(separator: "\t").map(String.init)
        return (fields[0], fields[1])
      }
  }

  @Test func agreesWithTheWordsCutByHand() throws {
    let preparer = try TextPreparer(TextPreparation(segmentation: .light))
    var counts = [(right: 0, all: 0), (right: 0, all: 0)]
    var wrong: [String] = []
    for (index, item) in try Self.words().enumerated() {
      let result = try preparer.prepare(item.word)
      counts[index % 2].all += 1
      if result == item.expected {
        counts[index % 2].right += 1
      } else {
        wrong.append("\(index % 2) \(item) \(result)")
      }
    }
    #expect(counts[0].all + counts[1].all >= 500)
    let shares = counts.map { Double($0.right) / Double($0.all) }
    print("light segmentation: \(counts)")
    #expect(shares[0] >= 0.97 && shares[1] >= 0.93, "\(counts)\n\(wrong.joined(separator: "\n"))")
  }

  /// No letter is lost, and a word is cut alike wherever it stands.
  @Test func keepsEveryLetter() throws {
    let segmenter = LightSegmenter()
    let line = try Self.words().map(\.word).joined(separator: " ، 1x")
    let cut = segmenter.segment(line)
    #expect(String(cut.unicodeScalars.filter { $0 != "+" }.map(Character.init)) == line)
    #expect(segmenter.segment("\(line) \(line)") == "\(cut) \(cut)")
    for odd in ["", "ا", "ال", "و", "لل", "وال", "ـــ", "و+ال", "ةة", "للل", "هاها", "[بريد]", "اااا"] {
      #expect(segmenter.segment(odd).filter { $0 != "+" } == odd.filter { $0 != "+" })
    }
  }

  @Test func aVocabularyDecides() throws {
    let known: Set<String> = ["وردي", "كتب", "صديق"]
    let segmenter = LightSegmenter { known.contains($0) }
    #expect(segmenter.segment("وردي وكتب والصديق") == "وردي و+كتب و+ال+صديق")
  }
}
