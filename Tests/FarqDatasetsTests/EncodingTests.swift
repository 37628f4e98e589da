import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

@Suite struct EncodingTests {
  private static let text = "أعلن الفريق، اليوم: «ف ق ك ل م ن ه و ى ي» في 2019؛ شكراً؟"
  /// Only what ISO-8859-6 has.
  private static let plain = "أعلن الفريق، اليوم: ف ق ك ل م ن ه و ى ي في 2019؛ شكراً؟"

  private static func encoded(_ text: String, _ encoding: TextEncoding, mark: Bool = false) throws -> Data {
    switch encoding {
    case .utf8: return Data(text.utf8)
    case .utf8WithByteOrderMark: return Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8)
    case .utf16LittleEndian:
      return Data((mark ? [0xFF, 0xFE] : []) + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    case .utf16BigEndian:
      return Data((mark ? [0xFE, 0xFF] : []) + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
    case .windows1256:
      return try table("cp1256").encode(text)
    case .iso8859Part6:
      return try table("iso8859_6").encode(text)
    }
  }

  /// The upper halves as Python's codecs have them (fixture), so that Farq's tables are held against a peer's.
  private struct Table: Decodable {
    let scalars: [UInt32?]

    func encode(_ text: String) throws -> Data {
      Data(
        try text.unicodeScalars.map { scalar in
          scalar.value < 0x80 ? UInt8(scalar.value) : UInt8(128 + (try #require(scalars.firstIndex(of: scalar.value))))
        })
    }
  }

  private static func table(_ name: String) throws -> Table {
    Table(scalars: try #require(try Fixture.decode([String: [UInt32?]].self, from: "code-pages.json")[name]))
  }

  private static func load(_ content: Data, encoding: TextEncoding? = nil) throws -> (text: String, notes: ReadingNotes)
  {
    let folder = try TemporaryFolder()
    try folder.write("data/Sports/1.txt", content)
    var text = ""
    let reader = DocumentReader(url: folder.file("data"), options: LoadOptions(encoding: encoding))
    let notes = try reader.forEach { text = $0.text }
    return (text, notes)
  }

  @Test(arguments: TextEncoding.allCases, [false, true])
  func tellsAndConverts(encoding: TextEncoding, mark: Bool) throws {
    let text = encoding == .iso8859Part6 ? Self.plain : Self.text
    let result = try Self.load(Self.encoded(text, encoding, mark: mark))
    #expect(result.text.unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(result.notes.encodings == [encoding: 1])
  }

  @Test(arguments: [("cp1256", TextEncoding.windows1256), ("iso8859_6", .iso8859Part6)])
  func everyByteOfACodePageIsAsPythonHasIt(name: String, encoding: TextEncoding) throws {
    for (place, scalar) in try Self.table(name).scalars.enumerated() {
      let content = Data("a".utf8) + Data([UInt8(128 + place)]) + Data("b".utf8)
      guard let scalar else {
        #expect(throws: FarqError.self) { try Self.load(content, encoding: encoding) }
        continue
      }
      #expect(try Self.load(content, encoding: encoding).text.unicodeScalars.map(\.value) == [97, scalar, 98])
    }
  }

  @Test(
    arguments: [
      // A byte that starts nothing, an overlong form, a surrogate, beyond Unicode, a sequence that the end cuts off.
      ([0xFF], 0), ([0xC0, 0xAF], 0), ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xD9], 0),
      ([0xE2, 0x82], 0),
    ] as [([UInt8], Int)])
  func namesFileAndOffsetOfBrokenUTF8(bytes: [UInt8], shift: Int) throws {
    let start = Data("نص سليم من كلمات كثيرة ".utf8)
    let error = #expect(throws: FarqError.self) {
      try Self.load(start + Data(bytes) + (bytes == [0xD9] || bytes == [0xE2, 0x82] ? Data() : Data(" نص".utf8)))
    }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("1.txt: the byte at offset \(start.count + shift) is not UTF-8") == true)
  }

  @Test func namesFileAndOffsetOfHalvesInUTF16() throws {
    let start = try Self.encoded("نص سليم", .utf16LittleEndian, mark: true)
    for wrong in [[0x00, 0xDC, 0x27, 0x06], [0x00, 0xD8, 0x27, 0x06], [0x00, 0xD8], [0x27]] as [[UInt8]] {
      let error = #expect(throws: FarqError.self) { try Self.load(start + Data(wrong)) }
      #expect(error?.message.contains("offset \(start.count) is not UTF-16LE") == true)
    }
    let pair = try Self.load(Self.encoded("نص 😀", .utf16BigEndian, mark: true))
    #expect(pair.text == "نص 😀")
  }

  @Test func refusesBytesThatAreNoText() throws {
    var generator = SeededGenerator(seed: 3)
    let noise = Data((0..<4096).map { _ in UInt8(generator.below(256)) })
    let error = #expect(throws: FarqError.self) { try Self.load(noise) }
    #expect(error?.kind == .badData)
    // French in Windows-1252: no Arabic letters, so not taken for Arabic.
    #expect(throws: FarqError.self) { try Self.load(Data([0x65, 0x74, 0xE9, 0x20, 0xE0, 0x20, 0xEA])) }
  }

  /// A long file comes in pieces; whatever stands where one ends has to come out whole.
  @Test(arguments: TextEncoding.allCases)
  func piecesOfALongFileFitTogether(encoding: TextEncoding) throws {
    let folder = try TemporaryFolder()
    let line = (encoding == .iso8859Part6 ? Self.plain : Self.text)
    let rows = (0..<24_000).map { "\(line.replacing("،", with: "")) \($0)" }
    let content = "text,label\n" + rows.map { "\($0),\($0.utf8.count.isMultiple(of: 2) ? "a" : "b")\n" }.joined()
    let data = try Self.encoded(content, encoding, mark: true)
    #expect(data.count > 1 << 20)
    let dataset = try Dataset.load(from: folder.write("long.csv", data))
    #expect(dataset.documents.map(\.text) == rows)
    #expect(dataset.encodings == [encoding: 1])
  }

  @Test func anEncodingThatIsOnlyToldLateIsTold() throws {
    let folder = try TemporaryFolder()
    let head = "text,label\n" + String(repeating: "plain words,a\n", count: 120_000)
    let data = try Data(head.utf8) + Self.encoded("\(Self.text.replacing("،", with: "")),b\n", .windows1256)
    let dataset = try Dataset.load(from: folder.write("late.csv", data))
    #expect(dataset.documents.last?.text == Self.text.replacing("،", with: ""))
    #expect(dataset.encodings == [.windows1256: 1])
    #expect(dataset.warnings.contains("1 file converted from Windows-1256"))
  }

  @Test func namesInOptionsAreForgiving() {
    #expect(TextEncoding(named: "cp1256") == .windows1256)
    #expect(TextEncoding(named: "Windows-1256") == .windows1256)
    #expect(TextEncoding(named: "utf_16 LE") == .utf16LittleEndian)
    #expect(TextEncoding(named: "latin1") == nil)
    for encoding in TextEncoding.allCases { #expect(TextEncoding(named: encoding.rawValue) == encoding) }
  }
}
