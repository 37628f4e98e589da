import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// An encoder-decoder of Fixtures/encoder-decoder: its baseline, its plan, and what the peer made of a padded batch.
struct NamingFixture {
  let expected: Expected
  var configuration: BERTConfiguration
  var weights: WeightDictionary
  /// The label of each document.
  let targets: [Int]

  /// The baseline, as transformers saved it.
  static func baseline() throws -> NamingFixture {
    try NamingFixture("model/expected.safetensors")
  }

  /// - Parameter name: a file of the folder; `w.*` stand over or beside the baseline's tensors.
  init(_ name: String) throws {
    expected = try Expected("encoder-decoder/\(name)")
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("encoder-decoder/model"))
    configuration = checkpoint.configuration
    if let plan = expected.file.metadata["plan"] {
      configuration.farq?.attention = try JSONDecoder().decode(AttentionPlan.self, from: Data(plan.utf8))
    }
    configuration.farq?.labelTokens = try Self.tokens(expected)
    weights = try WeightDictionary(reading: checkpoint.weights)
    for name in expected.file.names where name.hasPrefix("w.") {
      weights.tensors[String(name.dropFirst(2))] = try expected.file.tensor(name)
    }
    targets = try expected.tensor("targets").integers().map(Int.init)
  }

  static func tokens(_ expected: Expected) throws -> LabelTokens {
    let names = try JSONDecoder().decode(
      [[Int32]].self, from: Data(#require(expected.file.metadata["names"]).utf8))
    return LabelTokens(start: 2, end: 3, names: names)
  }

  func model(trainable: Bool = false) throws -> EncoderDecoderClassifier {
    try EncoderDecoderClassifier(configuration, weights: weights, trainable: trainable)
  }

  /// The peer's logits without the rows of padding, row by row.
  func logits() throws -> [Float] {
    let all = try expected.tensor("logits").floats()
    let names = try expected.tensor("names").integers()
    return names.indices.filter { names[$0] >= 0 }.flatMap { all[($0 * 40)..<(($0 + 1) * 40)] }
  }

  static let variants: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: Fixture.url("encoder-decoder/variants").path)
    return (names ?? []).sorted().map { "variants/\($0)" }
  }()

  static let all = ["model/expected.safetensors"] + variants
}
