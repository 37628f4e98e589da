import FarqCore
import FarqTesting
import Foundation
import Testing

/// `farq robustness` over two checkpoints.
@Suite struct RobustnessCommandTests {
  @Test func twoModels() throws {
    let folder = try TemporaryFolder()
    try ServerProcess.train(into: folder.file("first"))
    try ServerProcess.train(into: folder.file("second"), attention: ["--attention", "diff", "--ratio", "0.5"])
    let other = folder.file("other.jsonl")
    try Data(
      "{\"text\": \"فاز الفريق\", \"label\": \"Sports\"}\n{\"text\": \"سعر النفط\", \"label\": \"Finance\"}\n".utf8
    ).write(to: other)
    let arguments = [
      "robustness", "--model", folder.file("first").path, "--model", "hybrid=\(folder.file("second").path)",
      "--test-limit", "4",
      "--other", other.path, "--threads", "1", "--rate", "0.5", "--format", "json",
    ]
    let all = try FarqProcess(arguments + ["--output", folder.file("out").path])
    #expect(all.status == 0, "\(all.errors)")
    let conditions = try #require(try all.json()["conditions"]?.array).compactMap(\.object)
    let names = conditions.compactMap { $0["name"]?.string }
    #expect(
      names.first == "clean" && names.last == "other" && names.contains("passage-inside") && names.contains("joined"))
    for condition in conditions {
      let scores = try #require(condition["scores"]?.array).compactMap(\.object)
      #expect(scores.map { $0["model"] } == [.string("first"), .string("hybrid")])
      let difference = try #require(condition["differences"]?.array?.first?.object)
      let accuracies = scores.compactMap { $0["accuracy"]?.number }
      #expect(abs(try #require(difference["delta"]?.number) - (accuracies[1] - accuracies[0])) < 1e-9)
    }
    #expect(conditions.last?["documents"] == .integer(2) && conditions.first?["documents"] == .integer(28))
    let lines = try String(contentsOf: folder.file("out/robustness.csv"), encoding: .utf8).components(
      separatedBy: "\r\n")
    #expect(lines.count == 2 * conditions.count + 2 && lines[1].hasPrefix("clean,28,first,"))
    #expect(lines[1].hasSuffix(",,,,,") && lines[2].hasPrefix("clean,28,hybrid,") && !lines[2].hasSuffix(",,"))
    let page = try String(contentsOf: folder.file("out/robustness.html"), encoding: .utf8)
    #expect(page.contains("passage-before") && page.contains("<svg") && !page.contains("<script"))

    // A condition alone gives the same numbers as among others.
    let alone = try FarqProcess(arguments + ["--conditions", "dots"]).json()["conditions"]?.array?.compactMap(\.object)
    #expect(alone?.compactMap { $0["name"]?.string } == ["clean", "dots"])
    #expect(alone?.last?["scores"] == conditions.first { $0["name"] == .string("dots") }?["scores"])
  }

  @Test func wrongUsage() throws {
    func error(_ arguments: [String]) throws -> String {
      let process = try FarqProcess(["robustness", "--model", "/nowhere"] + arguments)
      #expect(process.status == 64 && process.output.isEmpty)
      return process.errors
    }
    #expect(try error(["--rate", "2"]).contains("rate 2.0 is no share"))
    #expect(try error(["--passage-words", "0"]).contains("passage of 0 words"))
    #expect(try error(["--coverage", "0"]).contains("coverage 0.0"))
    #expect(try error(["--conditions", "noise"]).contains("condition 'noise' is unknown: use clean"))
  }
}
