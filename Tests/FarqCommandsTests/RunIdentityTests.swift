import FarqReport
import FarqTesting
import Foundation
import Testing

/// A folder belongs to one run.
@Suite struct RunIdentityTests {
  private static let sizes = [
    "--layers", "2", "--heads", "2", "--hidden-size", "16", "--vocabulary-size", "400", "--max-length", "32",
    "--train-limit", "4", "--steps", "4", "--batch-size", "4", "--threads", "1",
  ]

  private func rows(_ labels: [String]) -> String {
    labels.enumerated().map { index, label in
      #"{"text": "خبر رقم \#(index) من الأخبار", "label": "\#(label)", "split": "\#(index % 4 == 3 ? "test" : "train")"}"#
    }.joined(separator: "\n")
  }

  @Test func aCheckpointFolderBelongsToOneRun() throws {
    let folder = try TemporaryFolder()
    let (data, model) = (folder.file("data.jsonl"), folder.file("model"))
    let labels = (0..<24).map { $0 % 2 == 0 ? "A" : "B" }
    try Data(rows(labels).utf8).write(to: data)
    let command = ["train", "--data", data.path, "--output", model.path, "--test-limit", "3"] + Self.sizes
    let first = try FarqProcess(command)
    #expect(first.status == 0, "\(first.errors)")
    let weights = try Data(contentsOf: model.appendingPathComponent("model.safetensors"))

    let otherOptions = try FarqProcess(command + ["--learning-rate", "0.5"])
    #expect(otherOptions.status == 64 && otherOptions.errors.contains("--learning-rate 0.0004 → 0.5"))
    try Data(rows(labels.map { $0 == "A" ? "B" : "A" }).utf8).write(to: data)
    let otherData = try FarqProcess(command)
    #expect(otherData.status == 64 && otherData.errors.contains("the documents of the train split"))
    try Data(rows(labels).utf8).write(to: data)
    #expect(try Data(contentsOf: model.appendingPathComponent("model.safetensors")) == weights, "nothing was changed")
    let same = try FarqProcess(command)
    #expect(same.status == 0 && same.errors.contains("holds this same run"), "\(same.errors)")

    let bare = folder.file("bare")
    try FileManager.default.createDirectory(at: bare, withIntermediateDirectories: true)
    try weights.write(to: bare.appendingPathComponent("model.safetensors"))
    let foreign = try FarqProcess(["train", "--data", data.path, "--output", bare.path] + Self.sizes)
    #expect(foreign.status == 64 && foreign.errors.contains("something else than this run"))
    let nothing = try FarqProcess(["train", "--resume", "--output", folder.file("none").path])
    #expect(nothing.status == 66 && nothing.errors.contains("no run of 'farq train'"))
  }

  @Test func pretrainingKeepsToItsRun() throws {
    let folder = try TemporaryFolder()
    let (data, model) = (folder.file("data.jsonl"), folder.file("model"))
    try Data(rows((0..<24).map { _ in "A" }).utf8).write(to: data)
    let command = [
      "pretrain", "--data", data.path, "--output", model.path, "--layers", "2", "--heads", "2", "--hidden-size", "16",
      "--vocabulary-size", "300", "--max-length", "32", "--batch-size", "2", "--steps", "4", "--threads", "1",
      "--validation-fraction", "0.2",
    ]
    let first = try FarqProcess(command)
    #expect(first.status == 0, "\(first.errors)")
    let other = try FarqProcess(command + ["--mask-share", "0.3"])
    #expect(other.status == 64 && other.errors.contains("--mask-share 0.15 → 0.3"), "\(other.errors)")
    let resumed = try FarqProcess(["pretrain", "--resume", "--output", model.path])
    #expect(resumed.status == 0 && resumed.errors.contains("finished already"), "\(resumed.errors)")
  }
}
