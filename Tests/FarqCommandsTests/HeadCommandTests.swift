import FarqCore
import FarqTesting
import Foundation
import Testing

/// Heads that are drawn anew are spoken of, and none is drawn that nobody asked for.
@Suite(.serialized) struct HeadCommandTests {
  private static let small = [
    "--max-length", "32", "--train-limit", "2", "--test-limit", "1", "--steps", "1", "--threads", "1",
  ]

  private func convert(_ model: String, _ output: String, _ more: [String] = []) throws -> FarqProcess {
    try FarqProcess(
      ["convert", "--model", model, "--attention", "diff", "--ratio", "0.5", "--output", output, "--seed", "3"] + more)
  }

  @Test func anEncoderWithoutLabelsGetsNone() throws {
    let folder = try TemporaryFolder()
    let hybrid = folder.file("hybrid").path
    let process = try convert("mini", hybrid)
    #expect(process.status == 0, "\(process.errors)")
    #expect(process.errors.contains("without a classifier, as the checkpoint has no labels"))
    #expect(!process.errors.contains("classifier.weight"))
    let config = try JSONValue.object(in: folder.file("hybrid/config.json"))
    #expect(config["id2label"] == nil)
    #expect(config["architectures"] == .array([.string("FarqBertForMaskedLM")]))
    let classified = try FarqProcess(["classify", "--model", hybrid, "--text", "خبر"])
    #expect(classified.status == 65)
    let trained = try FarqProcess(["train", "--model", hybrid, "--output", folder.file("trained").path] + Self.small)
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.errors.contains("the classifier for the data's 7 labels is drawn anew: the checkpoint has none"))
  }

  @Test func labelsMakeAClassifier() throws {
    let folder = try TemporaryFolder()
    let hybrid = folder.file("hybrid").path
    let process = try convert("mini", hybrid, ["--labels", "رياضة, تقنية"])
    #expect(process.status == 0, "\(process.errors)")
    #expect(process.errors.contains("the classifier for رياضة, تقنية is drawn anew: the checkpoint has none"))
    #expect(process.errors.contains("drawn anew: ") && process.errors.contains("classifier.weight"))
    let labels = try JSONValue.object(in: folder.file("hybrid/config.json"))["id2label"]?.object
    #expect(labels == ["0": .string("رياضة"), "1": .string("تقنية")])
    for wrong in ["", "a", "a,,b", "a,a"] {
      let refused = try convert("mini", folder.file("no").path, ["--labels", wrong])
      #expect(refused.status == 64 && refused.errors.contains("two or more different names"), "\(refused.errors)")
    }
  }

  @Test func aHeadThatIsKeptIsNothingToSpeakOf() throws {
    let folder = try TemporaryFolder()
    let model = folder.file("model").path
    let first = try FarqProcess(["train", "--model", "mini", "--output", model] + Self.small)
    #expect(first.status == 0 && first.errors.contains("is drawn anew: the checkpoint has none"), "\(first.errors)")
    let second = try FarqProcess(["train", "--model", model, "--output", folder.file("on").path] + Self.small)
    #expect(second.status == 0 && !second.errors.contains("drawn anew"), "\(second.errors)")
    let converted = try convert(model, folder.file("hybrid").path, ["--init", "pretrained"])
    #expect(converted.status == 0 && !converted.errors.contains("classifier"), "\(converted.errors)")
    let other = try convert(model, folder.file("other").path, ["--labels", "a,b"])
    #expect(other.errors.contains("is drawn anew: the checkpoint's is for 7 labels (Culture, "), "\(other.errors)")
  }
}
