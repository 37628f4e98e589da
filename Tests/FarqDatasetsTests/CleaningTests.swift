import FarqCore
import FarqDatasets
import Foundation
import Testing

@Suite struct CleaningTests {
  @Test(arguments: [
    ("Title\nعنوان الخبر\n\nBody\nنص الخبر هنا", "عنوان الخبر\nنص الخبر هنا"),
    ("Title:\r\nعنوان\r\n\r\nBody:\r\nأخبارنا المغربية - الرباط\r\nنص الخبر", "عنوان\nنص الخبر"),
    ("دبي الخليج أعلنت هيئة الطرق", "أعلنت هيئة الطرق"), ("رأس الخيمة - «الخليج»: أعلنت", "أعلنت"),
    ("دبي - العربية.نت أعلنت الشركة", "أعلنت الشركة"), ("أخبارنا المغربية - الرباط أعلنت", "الرباط أعلنت"),
    ("نص الخبر هنا أ ف ب", "نص الخبر هنا"), ("نص الخبر هنا (رويترز)", "نص الخبر هنا"),
    ("دبي الخليج نص د ب أ", "نص"), ("Title\n\nBody\n", ""),
  ])
  func marksAreStripped(text: String, stripped: String) {
    let markers = SourceMarkers(in: text)
    #expect(markers.isMarked)
    #expect(markers.stripped.unicodeScalars.elementsEqual(stripped.unicodeScalars), "\(markers.stripped)")
  }

  @Test(arguments: [
    "الخليج العربي منطقة مهمة", "دبي مدينة كبيرة", "أخبارنا اليوم كثيرة", "وكالات السفر تعلن عروضا",
    "The body of the text",
    "  مسافات تبقى  ", "", "وام", "Title of the song",
  ])
  func textsWithoutMarksStayAsTheyAre(text: String) {
    let markers = SourceMarkers(in: text)
    #expect(!markers.isMarked)
    #expect(markers.stripped == text)
  }

  @Test func strippingGivesAnAccount() throws {
    let dataset = try Dataset(documents: [
      Document(text: "دبي الخليج نص", label: "a", split: .train, origin: "1"),
      Document(text: "Title\nBody\n", label: "a", split: .test, origin: "2"),
      Document(text: "نص آخر", label: "b", origin: "3"),
    ])
    let (result, account) = try dataset.stripMarkers()
    #expect(result.documents.map(\.text) == ["نص", "نص آخر"])
    #expect(account.changed == 1 && account.removed == ["test": 1])
    #expect(account.examples == ["1", "2"])
    #expect(account.fingerprintBefore == dataset.fingerprint && account.fingerprintAfter == result.fingerprint)
    #expect(result.fingerprint == (try Dataset(documents: result.documents).fingerprint))
    #expect(account.summary == "strip-markers: 1 text changed, removed 1 from test")
    #expect(try JSONDecoder().decode(CleaningAccount.self, from: JSONEncoder().encode(account)) == account)
  }

  private static func copies() throws -> Dataset {
    let long = (0..<40).map { "w\($0)" }
    let near = long.dropLast() + ["other"]
    let rows: [(String, String, Split)] = [
      ("x", "b", .train), ("x", "a", .train), ("x", "a", .train), ("x", "a", .test), ("y", "b", .train),
      (long.joined(separator: " "), "a", .train), (near.joined(separator: " "), "a", .validation),
      (near.joined(separator: " "), "a", .train), ("z", "b", .validation), ("z", "b", .test),
    ]
    return try Dataset(
      documents: rows.enumerated().map { Document(text: $1.0, label: $1.1, split: $1.2, origin: "\($0)") })
  }

  @Test func duplicatesAreDroppedWithinEachSplit() throws {
    let exact = try Self.copies().dropDuplicates()
    #expect(exact.dataset.documents.map(\.origin) == ["1", "3", "4", "5", "6", "7", "8", "9"])
    #expect(exact.account.removed == ["train": 2])
    let near = try Self.copies().dropDuplicates(nearThreshold: 0.8)
    #expect(near.dataset.documents.map(\.origin) == ["1", "3", "4", "5", "6", "8", "9"])
  }

  @Test func leaksAreDroppedFromTheSideThatLearns() throws {
    let near = try Self.copies().dropLeaks()
    #expect(near.dataset.documents.map(\.origin) == ["3", "4", "6", "9"])
    #expect(near.account.removed == ["train": 5, "validation": 1])
    let exact = try Self.copies().dropLeaks(nearThreshold: nil)
    #expect(exact.dataset.documents.map(\.origin) == ["3", "4", "5", "6", "9"])
    let audit = DataAudit(of: near.dataset)
    #expect(audit.leaks.allSatisfy { $0.exact == 0 && $0.near == 0 })
  }
}
