import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

@Suite struct FolderTests {
  private static func load(_ files: [String], options: LoadOptions = LoadOptions()) throws -> [Document] {
    let folder = try TemporaryFolder()
    for path in files { try folder.write("data/" + path, "text of \(path)") }
    return try Dataset.load(from: folder.file("data"), options: options).documents.map { $0 }
  }

  @Test(
    arguments: [
      ("Sports/1.txt", "Sports", nil, nil), ("TRAIN/Sports/1.txt", "Sports", Split.train, nil),
      ("testing/Sports/1", "Sports", .test, nil), ("dev/Sports/deeper/1.txt", "Sports", .validation, nil),
      ("valid/Sports/1.TXT", "Sports", .validation, nil),
      ("SANAD_SUBSET/Khaleej/Test/Sports/1.txt", "Sports", .test, "khaleej"),
      ("arabiya/Train/Sports/1.txt", "Sports", .train, "arabiya"), ("wrapped/Sports/1.txt", "Sports", nil, nil),
    ] as [(String, String, Split?, String?)])
  func pathsTellLabelSplitAndSubset(path: String, label: String, split: Split?, subset: String?) throws {
    let document = try #require(try Self.load([path, "x/Other/1.txt"]).first { $0.text == "text of \(path)" })
    #expect(document.label == label)
    #expect(document.split == split)
    #expect(document.subset == subset)
  }

  @Test func subsetsAreMergedOrChosen() throws {
    let files = ["akhbarona", "khaleej", "arabiya"].flatMap { subset in
      ["Sports", "Tech"].map { "SANAD_SUBSET/\(subset)/Train/\($0)/1.txt" }
    }
    #expect(try Self.load(files).count == 6)
    let chosen = try Self.load(files, options: LoadOptions(subsets: ["khaleej", "arabiya"]))
    #expect(Set(chosen.map(\.subset)) == ["khaleej", "arabiya"])
    #expect(chosen.count == 4)
  }

  @Test func litterAndOtherFilesArePassedOver() throws {
    let folder = try TemporaryFolder()
    for path in [
      "a/1.txt", "b/1.txt", "a/.DS_Store", "a/._1.txt", "__MACOSX/a/1.txt", ".git/x/1.txt", "a/picture.png", "README",
    ] {
      try folder.write(path, path)
    }
    let dataset = try Dataset.load(from: folder.url)
    #expect(dataset.documents.map(\.text) == ["a/1.txt", "b/1.txt"])
    #expect(dataset.warnings.contains { $0.hasPrefix("2 files passed over as no data") })
  }

  @Test func foldersOfRecordFilesTakeTheSplitFromTheName() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "data/train-00000-of-00001.jsonl", "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": \"b\", \"label\": \"y\"}\n")
    try folder.write("data/news_test.csv", "text,label,split\nc,x,\nd,y,train\n")
    let dataset = try Dataset.load(from: folder.url)
    #expect(dataset.documents.map(\.text) == ["c", "d", "a", "b"])
    #expect(dataset.documents.map(\.split) == [.test, .train, .train, .train])
  }

  #if os(Linux)
    /// Other systems have no such names.
    @Test func aNameThatIsNotUTF8IsNotPassedOver() throws {
      let folder = try TemporaryFolder()
      try folder.write("data/a/1.txt", "one")
      let made = (folder.file("data").path + "/").withCString { prefix in
        mkdir(Array(UnsafeBufferPointer(start: prefix, count: strlen(prefix))) + [-47, -19, 0], 0o755)
      }
      try #require(made == 0)
      let error = #expect(throws: FarqError.self) {
        try Dataset.load(from: folder.file("data"), options: LoadOptions(requireLabels: false))
      }
      #expect(error?.kind == .badData)
      #expect(error?.message.contains("not UTF-8") == true)
    }
  #endif

  @Test func linksToFoldersAreNotFollowed() throws {
    let folder = try TemporaryFolder()
    try folder.write("data/a/1.txt", "one")
    try folder.write("data/b/1.txt", "two")
    try FileManager.default.createSymbolicLink(at: folder.file("data/c"), withDestinationURL: folder.file("data"))
    #expect(try Dataset.load(from: folder.file("data")).documents.count == 2)
  }

  @Test func aParquetFileWithoutItsReaderIsUnavailable() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write("news.parquet", "PAR1")
    let missing = #expect(throws: FarqError.self) {
      try Dataset.load(from: url, options: LoadOptions(python: "no-such-python-here"))
    }
    #expect(missing?.kind == .unavailable)
    let bare = try folder.write("python-without-pyarrow", "#!/bin/sh\nexit 3\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bare.path)
    let error = #expect(throws: FarqError.self) { try Dataset.load(from: url, options: LoadOptions(python: bare.path)) }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.contains("-m pip install pyarrow") == true)
  }

  /// A file beside the data that is called like a module of Python's is not run.
  @Test func nothingBesideTheDataIsRun() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write("news.parquet", "PAR1")
    for module in ["json", "site", "pyarrow"] { try folder.write("\(module).py", "open('ran', 'w')\n") }
    // The test must not change the process's folder: a program in Python's place does it, and hands all on.
    let program = try folder.write(
      "python", "#!/bin/sh\ncd '\(folder.url.path)'\nPYTHONPATH=. exec python3 \"$@\"\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    #expect(throws: FarqError.self) { try Dataset.load(from: url, options: LoadOptions(python: program.path)) }
    #expect(!FileManager.default.fileExists(atPath: folder.file("ran").path))
  }

  /// A program in Python's place that hands its input on, which has to be a file that can be read at any place.
  private static func echo(in folder: TemporaryFolder) throws -> LoadOptions {
    let program = try folder.write("echo", "#!/bin/sh\ntest -f /dev/stdin || exit 4\ncat\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    return LoadOptions(python: program.path)
  }

  @Test(arguments: ["whole", "gzip", "archive", "folder", "input"])
  func aParquetFileReachesItsReaderFromAnywhere(place: String) throws {
    let folder = try TemporaryFolder()
    var options = try Self.echo(in: folder)
    let packed = try Data(contentsOf: Fixture.url("good.jsonl.gz"))
    let records = "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": \"b\", \"label\": \"y\"}\n"
    let url: URL
    switch place {
    case "whole": url = try folder.write("train.parquet", records)
    case "gzip": url = try folder.write("train.parquet.gz", packed)
    case "archive":
      var zip = StoredZip()
      zip.add("train.parquet", records)
      url = try folder.write("data.zip", zip.data)
    case "folder":
      url = folder.file("data")
      try folder.write("data/train.parquet.gz", packed)
      try folder.write("data/test.parquet", records)
    default:
      let pipe = Pipe()
      try pipe.fileHandleForWriting.write(contentsOf: Data(records.utf8))
      try pipe.fileHandleForWriting.close()
      options.form = .parquet
      options.standardInput = dup(pipe.fileHandleForReading.fileDescriptor)
      url = URL(fileURLWithPath: "-")
    }
    let dataset = try Dataset.load(from: url, options: options)
    #expect(dataset.documents.count == ["gzip": 4, "folder": 6][place, default: 2])
  }

  @Test(.enabled(if: Fixture.pythonWithPyarrow != nil, "$FARQ_PYTHON_WITH_PYARROW names no Python that has pyarrow"))
  func readsParquet() throws {
    let options = LoadOptions(python: try #require(Fixture.pythonWithPyarrow))
    let dataset = try Dataset.load(from: Fixture.url("news.parquet"), options: options)
    #expect(dataset.documents.map(\.text) == ["فاز الفريق\nاليوم", "هاتف جديد", "خسر \"الفريق\""])
    #expect(dataset.documents.map(\.label) == ["Sports", "Tech", "Sports"])
    #expect(dataset.documents.map(\.split) == [.train, .train, .test])
    let wrong = #expect(throws: FarqError.self) {
      try Dataset.load(
        from: Fixture.url("news.parquet"), options: LoadOptions(textColumn: "body", python: options.python))
    }
    #expect(wrong?.kind == .badData)
    #expect(wrong?.message.contains("no column 'body'") == true)
    var zip = StoredZip()
    zip.add("news.parquet", try Data(contentsOf: Fixture.url("news.parquet")))
    let folder = try TemporaryFolder()
    let zipped = try Dataset.load(from: folder.write("news.zip", zip.data), options: options)
    #expect(zipped.fingerprint == dataset.fingerprint)
  }
}
