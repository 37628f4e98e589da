import FarqArabicText
import FarqCore
import FarqTesting
import Foundation
import Testing

/// The long-lived Java process, with a stub in Farasa's place.
@Suite(.serialized, .enabled(if: FarasaStub.canBeMade, "there is no javac"))
struct FarasaSegmenterTests {
  private func expectFailure(_ segmenter: FarasaSegmenter, _ line: String, says words: String) throws {
    let error = #expect(throws: FarqError.self) { _ = try segmenter.segment(line) }
    #expect(error?.kind == .unavailable && error?.message.contains(words) == true, "\(error?.message ?? "")")
    // It goes on with the next line.
    #expect(try segmenter.segment("المدرسة") == "ال+مدرس+ة")
  }

  @Test func segmentsAsThePeerAndAsksForAWordOnce() throws {
    let stub = try FarasaStub()
    let segmenter = try stub.segmenter()
    let preprocessor = AraBERTPreprocessor(family: .v2)
    let text = "والكتابة [رابط] 5 x، والكتابة؟ كتابها مُحَمَّد"
    let expected = try preprocessor.preprocess(text, segmenter: StubSegmenter())
    for _ in 0..<3 { #expect(try preprocessor.preprocess(text, segmenter: segmenter) == expected) }
    #expect(try stub.questions() == ["اختبار", "والكتابة [رابط] كتابها محمد"])
    #expect(segmenter.startCount == 1)
  }

  @Test func startsAgainAfterADeath() throws {
    let stub = try FarasaStub()
    defer { withExtendedLifetime(stub) {} }
    let segmenter = try stub.segmenter()
    #expect(try segmenter.segment("موت المدرسة") == "موت ال+مدرس+ة")
    #expect(segmenter.startCount == 2)
    try expectFailure(segmenter, "دائمموت", says: "ended by itself, twice")
  }

  @Test func aHangIsEnded() throws {
    let stub = try FarasaStub()
    defer { withExtendedLifetime(stub) {} }
    let segmenter = try stub.segmenter(timeout: 10)
    try expectFailure(segmenter, "نوم", says: "did not answer within 10.0 seconds, twice")
  }

  @Test func garbageIsNotTaken() throws {
    let stub = try FarasaStub()
    defer { withExtendedLifetime(stub) {} }
    let segmenter = try stub.segmenter()
    try expectFailure(segmenter, "هراء", says: "other letters")
    try expectFailure(segmenter, "سيل", says: "without end")
  }

  @Test func longLinesAreAskedInParts() throws {
    let stub = try FarasaStub()
    let segmenter = try stub.segmenter()
    let letters = Array("ابتثجحخدذرزسشصضطظعغفقلمن".unicodeScalars)
    let words = (0..<5000).map { index in
      "و" + String(String.UnicodeScalarView((0..<4).map { letters[(index / [1, 24, 576, 13][$0]) % 24] }))
    }
    let line = words.joined(separator: " ")
    #expect(try segmenter.segment(line) == StubSegmenter().segment(line))
    #expect(try stub.questions().allSatisfy { $0.utf8.count <= 4100 })
  }

  @Test func severalThreadsShareTheProcess() async throws {
    let stub = try FarasaStub()
    defer { withExtendedLifetime(stub) {} }
    let segmenter = try stub.segmenter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for index in 0..<50 {
            let word = "وال" + String(repeating: "ب", count: task + 1) + String(repeating: "ت", count: index + 1)
            let cut = try segmenter.segment(word)
            #expect(cut == StubSegmenter().segment(word))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(segmenter.startCount == 1)
  }

  @Test func whatIsMissingIsNamed() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: FarqError.self) {
      _ = try FarasaSegmenter(FarasaOptions(jar: folder.file("none.jar")))
    }
    #expect(missing?.kind == .missingInput)
    try Data().write(to: folder.file("empty.jar"))
    let broken = #expect(throws: FarqError.self) {
      _ = try FarasaSegmenter(FarasaOptions(jar: folder.file("empty.jar")))
    }
    #expect(broken?.kind == .unavailable)
    let noJava = #expect(throws: FarqError.self) {
      _ = try FarasaSegmenter(FarasaOptions(jar: folder.file("empty.jar"), java: folder.file("java")))
    }
    #expect(noJava?.kind == .unavailable)
  }
}
