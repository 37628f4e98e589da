import FarqCore
import FarqTesting
import Foundation
import Testing

/// `farq data` and `farq data split` as users run them.
@Suite struct DataCommandTests {
  private static let sports = "فاز الفريق في المباراة أمس وسجل هدفين في الشوط الثاني"
  private static let tech = "هاتف جديد في السوق بشاشة أكبر وبطارية تدوم يومين"

  private func audit(_ url: URL, _ more: [String] = []) throws -> [String: JSONValue] {
    let process = try FarqProcess(["data", url.path, "--format", "json"] + more)
    #expect(process.status == 0, "\(process.errors)")
    return try process.json()
  }

  /// The same two texts in every encoding: all come out as the same data, and the audit names the encoding.
  @Test(
    arguments: [
      ("UTF-8", []), ("UTF-8 with BOM", [0xEF, 0xBB, 0xBF]), ("UTF-16LE", [0xFF, 0xFE]), ("UTF-16BE", [0xFE, 0xFF]),
      ("Windows-1256", []), ("ISO-8859-6", []),
    ] as [(String, [UInt8])])
  func tellsEncodingsApart(name: String, mark: [UInt8]) throws {
    let folder = try TemporaryFolder()
    for (label, text) in [("Sports", Self.sports), ("Tech", Self.tech)] {
      let place = folder.file("data/\(label)/1.txt")
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try (Data(mark) + Self.encoded(text, name)).write(to: place)
    }
    let found = try audit(folder.file("data"))
    #expect(found["encodings"]?.object == [name: .integer(2)], "\(found["encodings"] as Any)")
    let plain = folder.file("plain.jsonl")
    let lines = [("Sports", Self.sports), ("Tech", Self.tech)].map { "{\"text\":\"\($1)\",\"label\":\"\($0)\"}\n" }
    try Data(lines.joined().utf8).write(to: plain)
    #expect(try audit(plain)["fingerprint"] == found["fingerprint"])
  }

  /// The letters from hamza on, in the two single-byte encodings.
  private static func encoded(_ text: String, _ name: String) -> Data {
    if name == "UTF-16LE" { return text.data(using: .utf16LittleEndian) ?? Data() }
    if name == "UTF-16BE" { return text.data(using: .utf16BigEndian) ?? Data() }
    guard name == "Windows-1256" || name == "ISO-8859-6" else { return Data(text.utf8) }
    let windows: [UInt8] =
      Array(0xC1...0xD6) + Array(0xD8...0xDB) + [0, 0, 0, 0, 0]
      + [0xDC, 0xDD, 0xDE, 0xDF, 0xE1, 0xE3, 0xE4, 0xE5, 0xE6, 0xEC, 0xED]
    return Data(
      text.unicodeScalars.map { scalar in
        guard scalar.value >= 0x0621, scalar.value <= 0x064A else { return UInt8(scalar.value) }
        let place = Int(scalar.value - 0x0621)
        return name == "ISO-8859-6" ? UInt8(0xC1 + place) : windows[place]
      })
  }

  @Test func whatIsNoTextIsAnErrorWithFileAndOffset() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.file("d/A"), withIntermediateDirectories: true)
    try (Data(Self.sports.utf8) + Data([0xFF])).write(to: folder.file("d/A/1.txt"))
    let process = try FarqProcess(["data", folder.file("d").path])
    #expect(process.status == 65)
    #expect(process.errors.contains("d/A/1.txt: the byte at offset \(Self.sports.utf8.count) is not UTF-8"))
  }

  /// Columns, form and encoding by option, from standard input.
  @Test func readsByOption() throws {
    let folder = try TemporaryFolder()
    let rows = "topic;body\n".replacing(";", with: "\t") + "S\t\(Self.sports)\nT\t\(Self.tech)\n"
    let process = try FarqProcess(
      ["data", "-", "--form", "tsv", "--text-column", "body", "--label-column", "topic", "--format", "json"],
      input: rows)
    #expect(process.status == 0, "\(process.errors)")
    #expect(try process.json()["labels"] == .array([.string("S"), .string("T")]))
    try Self.encoded(rows, "ISO-8859-6").write(to: folder.file("x.tsv"))
    let named = try audit(
      folder.file("x.tsv"),
      ["--encoding", "iso-8859-6", "--text-column", "body", "--label-column", "topic"])
    #expect(named["fingerprint"] == (try process.json())["fingerprint"])
  }

  /// A subset of SANAD whose counts are not the published ones is told of.
  @Test func warnsWhereSANADsCountsDiffer() throws {
    let folder = try TemporaryFolder()
    for (label, text) in [("Sports", Self.sports), ("Tech", Self.tech)] {
      let place = folder.file("SANAD_SUBSET/khaleej/Train/\(label)/1.txt")
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
    }
    let process = try FarqProcess(["data", folder.file("SANAD_SUBSET").path])
    #expect(process.output.contains("khaleej: SANAD's subset has 5850 train articles for each of 7 labels"))
  }

  private func write(_ rows: [(String, String, String?)], to url: URL) throws {
    let lines = rows.map { text, label, split in
      "{\"text\":\"\(text)\",\"label\":\"\(label)\"" + (split.map { ",\"split\":\"\($0)\"" } ?? "") + "}\n"
    }
    try Data(lines.joined().utf8).write(to: url)
  }

  @Test func splitsByLabelAndSeedWithCopiesTogether() throws {
    let folder = try TemporaryFolder()
    var rows = (0..<100).map { ("خبر رقم \($0) عن المباراة", $0 % 2 == 0 ? "S" : "T", nil as String?) }
    rows += rows.prefix(20)
    try write(rows, to: folder.file("in.jsonl"))
    func split(_ output: String, _ more: [String]) throws -> [String: JSONValue] {
      let process = try FarqProcess(
        ["data", "split", folder.file("in.jsonl").path, "--output", folder.file(output).path, "--format", "json"] + more
      )
      #expect(process.status == 0, "\(process.errors)")
      return try process.json()
    }
    let first = try split("a.jsonl", ["--test", "0.2", "--validation", "0.1"])
    #expect(first["documents"]?.object?["test"] == .integer(24))
    #expect(first["documents"]?.object?["validation"] == .integer(12))
    let found = try audit(folder.file("a.jsonl"))
    for leak in found["leaks"]?.array ?? [] { #expect(leak.object?["exact"] == .integer(0)) }
    let again = try split("b.jsonl", ["--test", "0.2", "--validation", "0.1"])
    #expect(again["fingerprint"] == first["fingerprint"])
    #expect(try split("c.jsonl", ["--test", "0.2", "--seed", "7"])["fingerprint"] != first["fingerprint"])
    let bad = try FarqProcess(
      ["data", "split", folder.file("in.jsonl").path, "--output", folder.file("d.jsonl").path, "--test", "1"])
    #expect(bad.status == 64 && !FileManager.default.fileExists(atPath: folder.file("d.jsonl").path))
  }

  @Test func writesAPageToAFile() throws {
    let folder = try TemporaryFolder()
    try write([(Self.sports, "S", "train"), (Self.tech, "T", "test")], to: folder.file("in.jsonl"))
    let page = folder.file("page.html")
    let process = try FarqProcess(
      ["data", folder.file("in.jsonl").path, "--format", "html", "--output", page.path])
    #expect(process.status == 0 && process.output.isEmpty)
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.hasPrefix("<!doctype html>") && html.contains("<svg") && html.hasSuffix("</html>\n"))
  }

  /// From training to measuring: a label that training lacks is told of at the start, in the report and its claims; rows
  /// without a label are left out on request; the options are kept; a checkpoint is measured on a file without splits.
  @Test func labelsAreToldOfFromDataToReport() throws {
    let folder = try TemporaryFolder()
    var rows = (0..<40).map { index in
      ("خبر \(index) رقم \(index * 7)", index % 2 == 0 ? "S " : "T", (index < 32 ? "train" : "test") as String?)
    }
    rows += [("طقس الغد", "W", "test"), ("بلا تصنيف", " ", "train")]
    try write(rows, to: folder.file("in.jsonl"))
    let arguments = [
      "train", "--data", folder.file("in.jsonl").path, "--layers", "1", "--heads", "2", "--hidden-size", "8",
      "--vocabulary-size", "200", "--max-length", "8", "--steps", "2", "--threads", "1", "--output",
      folder.file("run").path, "--format", "json",
    ]
    let refused = try FarqProcess(arguments)
    #expect(refused.status == 65 && refused.errors.contains("in.jsonl:42 has no label"), "\(refused.errors)")
    let process = try FarqProcess(arguments + ["--skip-unlabelled", "--name-encoding", "cp720"])
    #expect(process.status == 0, "\(process.errors)")
    let lacking = "the train split has no document of \"W\" (1 in test)"
    #expect(process.errors.contains(lacking) && process.errors.contains("1 document without label left out"))
    let report = try process.json()
    #expect(report["data"]?.object?["warnings"]?.array?.contains { $0.string?.contains(lacking) == true } == true)
    let written = try JSONValue.object(in: folder.file("run/report.json"))
    let claims = (written["claims"]?.array ?? []).compactMap { $0.object?["statement"]?.string }
    #expect(claims.contains { $0.contains("training split has no document of “W”") }, "\(claims)")
    let options = try JSONValue.object(in: folder.file("run/run.json"))
    #expect(options["skip-unlabelled"] == .bool(true) && options["name-encoding"] == .string("CP720"))

    try write(rows.dropLast(2).map { ($0.0, $0.1, nil) }, to: folder.file("own.jsonl"))
    let own = try FarqProcess(
      ["evaluate", "--model", folder.file("run").path, "--data", folder.file("own.jsonl").path, "--format", "json"])
    #expect(own.status == 0, "\(own.errors)")
    #expect(try own.json()["documents"] == .integer(40))
    #expect(try own.json()["split"] == .string("all"))
    #expect(own.errors.contains("no document has the model's label W"))
  }

  /// Cleaning in a run: the report says what was removed, with fingerprints.
  @Test func cleaningIsToldInTheReport() throws {
    let folder = try TemporaryFolder()
    var rows = (0..<40).map { index in
      ("خبر \(index) عن \(index % 2 == 0 ? "الفريق" : "الهاتف") رقم \(index * 7)", index % 2 == 0 ? "S" : "T", "train")
    }
    rows += rows.prefix(6)
    rows += rows[10..<14].map { ($0.0, $0.1, "test") }
    rows += (50..<54).map { ("اختبار \($0) جديد تماما", $0 % 2 == 0 ? "S" : "T", "test") }
    try write(rows.map { ($0.0, $0.1, $0.2) }, to: folder.file("in.jsonl"))
    let process = try FarqProcess([
      "train", "--data", folder.file("in.jsonl").path, "--drop-duplicates", "--drop-leaks", "--layers", "1", "--heads",
      "2", "--hidden-size", "8", "--vocabulary-size", "200", "--max-length", "8", "--long", "head-tail", "--steps", "2",
      "--threads", "1", "--output", folder.file("run").path, "--format", "json",
    ])
    #expect(process.status == 0, "\(process.errors)")
    let data = try #require(try process.json()["data"]?.object)
    let steps = (data["cleaning"]?.array ?? []).compactMap(\.object)
    #expect(steps.map { $0["step"] } == [.string("drop-duplicates"), .string("drop-leaks")])
    #expect(steps.first?["removed"]?.object == ["train": .integer(6)])
    #expect(steps.last?["removed"]?.object?["train"]?.number ?? 0 >= 4)
    #expect(steps.first?["fingerprint_after"] == steps.last?["fingerprint_before"])
    #expect(data["leaks"] == .integer(0) && data["duplicates"] == .integer(0))
    #expect(data["long"] == .string("head-tail"))
    #expect(process.errors.contains("have more than 8 tokens") && process.errors.contains("drop-leaks: removed"))
    let page = try String(contentsOf: folder.file("run/report.html"), encoding: .utf8)
    #expect(page.contains("drop-duplicates: removed 6 from train"))
  }
}
