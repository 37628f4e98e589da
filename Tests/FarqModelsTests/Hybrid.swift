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
    try self.init(Expected("variants/\(name)"))
  }

  init(_ expected: Expected) throws {
    self.expected = expected
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

  /// Compares logits and loss to 1e-4 and every gradient to 1e-3 of its largest element.
  ///
  /// - Parameter isPlain: works without fused operators.
  func expectPeersNumbers(isPlain: Bool = false, allGradients: Bool = true) throws {
    var pass = ForwardPass()
    pass.chosenOperators = isPlain ? .plain : nil
    let model = try BERTClassifier(configuration, weights: weights, trainable: true)
    let logits = try model(expected.input(), pass)
    expectClose(try logits.floats(), try expected.tensor("logits").floats(), within: 1e-4, "logits")
    let loss = try logits.crossEntropy(expected.tensor("targets"))
    expectClose(try loss.floats(), try expected.tensor("loss").floats(), within: 1e-4, "loss")
    try loss.backward()
    for parameter in model.parameters.names {
      guard let wanted = try expected.file.tensor("g.\(parameter)")?.floats() else {
        #expect(!allGradients && !parameter.contains(".attention.self."), "no gradient of \(parameter)")
        continue
      }
      let gradient = try model.parameters[parameter]?.gradient()
      let largest = wanted.map(abs).max() ?? 0
      let actual = try gradient?.floats() ?? [Float](repeating: 0, count: wanted.count)
      expectClose(actual, wanted, within: 1e-3 * max(largest, 0.01), "gradient of \(parameter)")
    }
  }

  /// Other padding, more of it, or none changes no logit.
  func expectPaddingToChangeNothing(isPlain: Bool) throws {
    var pass = ForwardPass()
    pass.chosenOperators = isPlain ? .plain : nil
    let model = try BERTClassifier(configuration, weights: weights)
    let batch = try model(expected.input(), pass).floats()
    for (index, document) in expected.documents.enumerated() {
      let alone = try model(BERTInput(documents: [document]), pass).floats()
      expectClose(alone, Array(batch[index * 4..<(index + 1) * 4]), within: 1e-5, "document \(index)")
    }
    let wider = expected.documents.map { $0 + [Int32](repeating: 33, count: 20 - $0.count) }
    let mask = expected.documents.flatMap { document in (0..<20).map { $0 < document.count } }
    let padded = try model(BERTInput(paddedIDs: Array(wider.joined()), mask: mask, width: 20), pass).floats()
    expectClose(padded, batch, within: 1e-5, "more padding, other ids in it")
  }

  /// The plan that a request in the file's words gives.
  func requestedPlan() throws -> AttentionPlan {
    let request = try JSONDecoder().decode(
      [String: JSONValue].self, from: Data(#require(expected.file.metadata["request"]).utf8))
    return try AttentionRequest(
      variant: #require(AttentionVariant(rawValue: request["variant"]?.string ?? "")),
      ratio: #require(request["ratio"]?.number),
      granularity: #require(AttentionGranularity(rawValue: request["granularity"]?.string ?? "")),
      placement: Placement(request["placement"]?.string ?? ""),
      pairing: request["pairing"]?.string.flatMap(AttentionPairing.init),
      lambdaInit: request["lambda_init"]?.number.map(LambdaInit.constant)
    ).plan(layers: configuration.layerCount, heads: configuration.headCount, headSize: configuration.headSize)
  }
}
