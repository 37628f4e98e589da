import FarqCore
import FarqTesting
import Foundation
import Testing

/// Cleaning and segmentation on the command line: alone, stored in a checkpoint, and applied again.
@Suite(.serialized) struct PreparationCommandTests {
  @Test func preparesTextsLinesAndObjects() throws {
    let texts = try FarqProcess([
      "preprocess", "--text", "و/أو <b>خبر</b>!!!!", "--text", "والكتاب", "--segmentation", "light",
    ])
    #expect(texts.output == "و - أو خبر ! !\nو+ ال+ كتاب\n", "\(texts.errors)")
    let lines = try FarqProcess(
      ["preprocess", "--preprocess-skip", "insert-white-spaces,strip_tashkeel"], input: "مُ(1)\n\nb\r\n")
    #expect(lines.output == "مُ(1)\n\nb\n", "\(lines.errors)")
    let objects = try FarqProcess(
      ["preprocess", "--lines", "jsonl", "--text-column", "t", "--threads", "2"],
      input: "{\"id\": 1.50, \"t\": \"\\u0661!\\n\", \"x\": [\"t\"]}\n\n{\"t\":\"a\"}")
    #expect(objects.output == "{\"id\": 1.50, \"t\": \"1 !\", \"x\": [\"t\"]}\n\n{\"t\":\"a\"}\n", "\(objects.errors)")
  }

  @Test func saysWhatIsWrong() throws {
    for (arguments, input, status, words) in [
      (["--preprocess", "stem"], "", 64, "arabert-v02"), (["--preprocess-skip", "stem"], "", 64, "strip_tashkeel"),
      (["--segmentation", "farasa"], "", 64, "--farasa-jar"), (["--text", "a", "--input", "b"], "", 64, "not both"),
      (["--segmentation", "farasa", "--farasa-jar", "/none.jar"], "", 66, "/none.jar"),
      (["--input", "/none.txt"], "", 66, "/none.txt"),
      (["--lines", "jsonl"], "{\"text\": \"a\"}\n{\"text\": 1}\n", 65, "standard input line 2"),
    ] as [([String], String, Int32, String)] {
      let process = try FarqProcess(["preprocess"] + arguments, input: input)
      #expect(process.status == status && process.errors.contains(words), "\(process.errors)")
    }
  }

  @Test func saysThatJavaIsMissing() throws {
    let folder = try TemporaryFolder()
    let jar = folder.file("farasa.jar")
    try Data("no jar".utf8).write(to: jar)
    let process = try FarqProcess(
      ["preprocess", "--text", "a", "--segmentation", "farasa", "--farasa-jar", jar.path],
      environment: ["PATH": folder.url.path, "JAVA_HOME": folder.url.path])
    #expect(process.status == 69 && process.errors.contains("Farasa needs Java"), "\(process.errors)")
  }

  /// What a model was trained with is stored, applied to raw text, and cannot be changed at prediction.
  @Test func aCheckpointKeepsItsPreparation() throws {
    let folder = try TemporaryFolder()
    let model = folder.file("model").path
    let trained = try FarqProcess([
      "train", "--output", model, "--layers", "2", "--heads", "2", "--hidden-size", "16", "--vocabulary-size", "400",
      "--max-length", "32", "--train-limit", "4", "--test-limit", "2", "--steps", "2", "--threads", "1",
      "--preprocess", "arabert", "--preprocess-skip", "strip_tatweel", "--segmentation", "light",
    ])
    #expect(trained.status == 0, "\(trained.errors)")
    let stored = try JSONValue.object(in: folder.file("model/config.json"))["farq"]?.object?["preprocess"]?.object
    #expect(stored?["segmentation"] == .string("light") && stored?["segmentation_vocabulary"] == .bool(false))
    #expect(stored?["steps"]?.object?["strip_tatweel"] == .bool(false))
    #expect(stored?["steps"]?.object?["strip_tashkeel"] == .bool(true))

    let classify = { (more: [String]) in
      try FarqProcess(["classify", "--model", model, "--text", "والكُتّاب فازوا!!!!", "--format", "json"] + more)
    }
    let raw = try classify([])
    #expect(raw.status == 0, "\(raw.errors)")
    let named = try classify([
      "--preprocess", "arabert", "--preprocess-skip", "strip_tatweel", "--segmentation", "light",
    ])
    #expect(named.output == raw.output)
    for other in [["--preprocess", "none"], ["--segmentation", "none"], ["--preprocess", "arabert-v01"]] {
      let refused = try classify(other)
      #expect(refused.status == 64 && refused.errors.contains("was trained on texts prepared by"), "\(refused.errors)")
    }
    try tokenizes(model, like: "و+ ال+ كتاب ، فاز +وا")
    let evaluated = try FarqProcess(["evaluate", "--model", model, "--test-limit", "2", "--preprocess", "none"])
    #expect(evaluated.status == 64, "\(evaluated.errors)")
  }

  /// The checkpoint's ids of a raw text are those of the prepared text, affixes whole.
  private func tokenizes(_ model: String, like prepared: String) throws {
    let tokens = try FarqProcess(
      ["tokenize", "--model", model, "--input", "-"], input: "{\"text\": \"والكُتاب، فازوا\"}\n")
    let ids = try tokens.json()["input_ids"]?.array?.compactMap(\.integer)
    let vocabulary = try String(
      contentsOf: URL(fileURLWithPath: model).appendingPathComponent("vocab.txt"), encoding: .utf8
    )
    .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let pieces = (ids ?? []).map { vocabulary[$0] }
    let whole = pieces.dropFirst().dropLast().joined(separator: " ").replacingOccurrences(of: " ##", with: "")
    #expect(whole == prepared, "\(pieces) \(tokens.errors)")
  }

  @Test func convertKeepsAndSetsThePreparation() throws {
    let folder = try TemporaryFolder()
    let model = folder.file("model").path
    let small = [
      "--layers", "2", "--heads", "2", "--hidden-size", "16", "--vocabulary-size", "300", "--max-length", "32",
      "--train-limit", "4", "--test-limit", "2", "--steps", "1", "--threads", "1",
    ]
    #expect(try FarqProcess(["train", "--output", model, "--preprocess", "arabert-v02"] + small).status == 0)
    for (name, more, family) in [("kept", [], "v02"), ("set", ["--preprocess", "arabert-v01"], "v01")] {
      let converted = try FarqProcess(
        ["convert", "--model", model, "--attention", "diff", "--ratio", "0.5", "--output", folder.file(name).path]
          + more)
      #expect(converted.status == 0, "\(converted.errors)")
      let farq = try JSONValue.object(in: folder.file("\(name)/config.json"))["farq"]?.object
      #expect(farq?["preprocess"]?.object?["steps"]?.object?["family"] == .string(family))
      #expect(farq?["attention"]?.object?["variant"] == .string("diff"))
    }
  }
}
