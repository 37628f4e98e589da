import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// A hybrid of Fixtures/variants: its baseline, its plan and the tensors it has beside or instead of the baseline's.
struct Hybrid {
  let expected: Expected
  let configuration: BERTConfiguration
  let weights: WeightDictionary

  init(_ name: String) throws {
    expected = try Expected("variants/\(name)")
    let request = try JSONDecoder().decode(
      [String: JSONValue].self, from: Data(#require(expected.file.metadata["request"]).utf8))
    let geometry = try #require(request["geometry"]?.integer)
    let baseline = try BERTCheckpoint(folder: Fixture.url("geometry-\(geometry)"))
    var configuration = baseline.configuration
    configuration.farq = FarqConfiguration(
      attention: try JSONDecoder().decode(
        AttentionPlan.self, from: Data(#require(expected.file.metadata["plan"]).utf8)))
    self.configuration = configuration
    var weights = try WeightDictionary(reading: baseline.weights)
    for name in expected.file.names where name.hasPrefix("w.") {
      weights.tensors[String(name.dropFirst(2))] = try expected.file.tensor(name)
    }
    self.weights = weights
  }
}
