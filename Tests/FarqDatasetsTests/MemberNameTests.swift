import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

/// Names in archives that are not UTF-8: one code page for the whole archive, or an error; two never become one.
@Suite struct MemberNameTests {
  /// The names of a member's folders in the letters that a page has.
  private static let folders = [
    "Windows-1256": ["رياضة", "تقنية"], "CP720": ["كتب", "تقنية"], "CP864": ["ﺭﻳﺎﺿﺓ", "ﺗﻗﻧﻳﺓ"],
  ]
  private static let codecs = ["Windows-1256": "cp1256", "CP720": "cp720", "CP864": "cp864"]

  /// `text` in the page as Python's codec has it.
  private static func bytes(_ text: String, _ page: String) throws -> Data {
    let table = try Fixture.decode([String: [UInt32?]].self, from: "code-pages.json")[codecs[page] ?? ""]
    return Data(
      try text.unicodeScalars.map { scalar in
        guard scalar.value >= 0x80 else { return UInt8(scalar.value) }
        return UInt8(128 + (try #require(table?.firstIndex(of: scalar.value))))
      })
  }

  /// A zip with an article in each of these folders.
  private static func zip(_ names: [Data], markedUTF8: Set<Int> = []) -> Data {
    var zip = StoredZip()
    for (index, name) in names.enumerated() {
      zip.add(name: name + Data("/1.txt".utf8), isMarkedUTF8: markedUTF8.contains(index), Data("text \(index)".utf8))
    }
    return zip.data
  }

  private static func load(_ data: Data, _ options: LoadOptions = LoadOptions()) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try Dataset.load(from: folder.write("news.zip", data), options: options)
  }

  private static func failure(_ data: Data, _ options: LoadOptions = LoadOptions()) -> String {
    let error = #expect(throws: FarqError.self) { try load(data, options) }
    #expect(error?.kind == .badData)
    return error?.message ?? ""
  }

  /// In CP720 `كتب` is valid UTF-8 by chance, of a Chinese sign.
  @Test(arguments: ["Windows-1256", "CP720", "CP864"])
  func thePageIsChosenByTheNames(page: String) throws {
    let names = try #require(Self.folders[page])
    let data = try Self.load(Self.zip(names.map { try Self.bytes("أخبار/\($0)".mapped(to: page), page) }))
    #expect(data.labels == ["تقنية", page == "CP720" ? "كتب" : "رياضة"])
    #expect(data.documents.count == 2)
    #expect(data.warnings.contains { $0.contains("converted from \(page)") && $0.contains("--name-encoding") })
  }

  @Test func aTarIsReadAlike() throws {
    let data = try Dataset.load(from: Fixture.url("names-cp1256.tar"))
    #expect(data.labels == ["تقنية", "رياضة"])
    #expect(data.warnings.contains { $0.contains("converted from Windows-1256") })
  }

  /// From a file on standard input all names are looked at; a pipe's first name decides.
  @Test(arguments: [false, true])
  func standardInputIsReadAlike(isPipe: Bool) throws {
    let url = Fixture.url("names-cp1256.tar")
    let file = try FileHandle(forReadingFrom: url)
    let pipe = Pipe()
    if isPipe {
      try pipe.fileHandleForWriting.write(contentsOf: Data(contentsOf: url))
      try pipe.fileHandleForWriting.close()
    }
    let descriptor = (isPipe ? pipe.fileHandleForReading : file).fileDescriptor
    let data = try Dataset.load(from: URL(fileURLWithPath: "-"), options: LoadOptions(standardInput: descriptor))
    #expect(data.labels == ["تقنية", "رياضة"])
    #expect(data.documents.count == 2)
  }

  @Test func whereNoPageFitsTheNamesAreListed() throws {
    // Économie and Société in CP437, and in Windows-1252.
    for names in [["\u{90}conomie", "Soci\u{82}t\u{82}"], ["\u{C9}conomie", "Soci\u{E9}t\u{E9}"]] {
      let message = Self.failure(Self.zip(names.map { Data($0.unicodeScalars.map { UInt8($0.value) }) }))
      #expect(message.contains("conomie\", \"Soci%"), "\(message)")
      #expect(message.contains("neither UTF-8 nor Arabic") && message.contains("--name-encoding"))
    }
  }

  @Test func thePageIsAnOption() throws {
    // These letters are plausible in Windows-1256 too, as لمن.
    let names = try ["طعغ", "وهغ"].map { try Self.bytes($0, "CP720") }
    #expect(try Self.load(Self.zip(names)).warnings.contains { $0.contains("converted from Windows-1256") })
    let data = try Self.load(Self.zip(names), LoadOptions(nameEncoding: .codePage720))
    #expect(data.labels == ["طعغ", "وهغ"])
    #expect(Self.failure(Self.zip(names), LoadOptions(nameEncoding: .utf8)).contains("neither UTF-8"))
    #expect(NameEncoding(named: "windows 1256") == .windows1256 && NameEncoding(named: "CP-720") == .codePage720)
  }

  /// Two shapes of one letter, which CP864 has codes of their own for.
  @Test func twoNamesNeverBecomeOne() throws {
    let names = try ["ﺱﻭﻕ", "ﺳﻭﻕ"].map { try Self.bytes($0, "CP864") }
    let message = Self.failure(Self.zip(names), LoadOptions(nameEncoding: .codePage864))
    #expect(message.contains("both become \"سوق\""), "\(message)")
  }

  @Test func oneNameInTwoEncodingsIsToldOf() throws {
    let names = try [Data("رياضة".utf8), Self.bytes("رياضة", "Windows-1256"), Self.bytes("تقنية", "Windows-1256")]
    let data = try Self.load(Self.zip(names, markedUTF8: [0]))
    #expect(data.labels == ["تقنية", "رياضة"] && data.documents.count == 3)
    #expect(data.warnings.contains { $0.contains("\"رياضة\" is written in UTF-8 and in Windows-1256") })
  }

  /// What is no label is shown by its bytes where it cannot be read.
  @Test func filesNamesAreNoError() throws {
    var zip = StoredZip()
    for label in ["a", "b"] {
      zip.add(name: Data("\(label)/".utf8) + Data([0x82, 0x2E, 0x74, 0x78, 0x74]), Data("x".utf8))
    }
    let data = try Self.load(zip.data)
    #expect(data.documents.map(\.origin).allSatisfy { $0.hasSuffix("/%82.txt") })
    #expect(data.warnings.contains { $0.contains("2 names are in no known encoding") })
    let folders = Self.zip([Data([0x82]), Data([0x83])])
    let texts = LoadOptions(requireLabels: false, ignoresLabels: true)
    #expect(try Self.load(folders, texts).documents.count == 2)
  }

  @Test func aNameMarkedUTF8ThatIsNotIsRefused() throws {
    #expect(Self.failure(Self.zip([Data([0xD1, 0xED])], markedUTF8: [0])).contains("no readable name"))
  }

  @Test(.enabled(if: Fixture.strangersCase("folders-cp1256.zip") != nil, "needs ../shared/cases"))
  func readsTheStrangersZip() throws {
    let data = try Dataset.load(from: #require(Fixture.strangersCase("folders-cp1256.zip")))
    #expect(data.labels == ["تقنية", "رياضة"])
    for label in data.labels { #expect(data.documents.count { $0.label == label } == 6) }
    #expect(data.documents.map(\.split).filter { $0 == .test }.count == 4)
  }
}

extension String {
  /// The path in letters that the page has: CP864 has shapes of them alone.
  fileprivate func mapped(to page: String) -> String {
    page == "CP864" ? replacing("أخبار", with: "ﺃﺧﺑﺎﺭ") : self
  }
}
