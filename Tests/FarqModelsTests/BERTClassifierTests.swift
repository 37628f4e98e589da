import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// The baseline against transformers' `BertForSequenceClassification`.
@Suite struct BERTClassifierTests {
  @Test(
    arguments: [
      "hf-basic", "hf-old-names", "hf-sharded", "hf-bin", "hf-half", "geometry-4", "geometry-8", "geometry-12",
    ])
  func givesTransformersLogitsAndLoss(_ name: String) throws {
    let expected = try Expected("\(name)/expected.safetensors")
    let checkpoint = try BERTCheckpoint(folder: Fixture.url(name))
    let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    let logits = try model(expected.input())
    expectClose(try logits.floats(), try expected.tensor("logits").floats(), within: 1e-4, "logits")
    let loss = try logits.crossEntropy(expected.tensor("targets"))
    expectClose(try loss.floats(), try expected.tensor("loss").floats(), within: 1e-4, "loss")
  }

  @Test func takesABareEncoder() throws {
    let expected = try Expected("hf-encoder/expected.safetensors")
    var checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-encoder"))
    #expect(checkpoint.weights.names.contains("bert.embeddings.word_embeddings.weight"))
    checkpoint.configuration.labels = ["a", "b", "c", "d"]
    var weights = try WeightDictionary(reading: checkpoint.weights)
    for part in ["classifier.weight", "classifier.bias"] { weights.tensors[part] = try expected.tensor(part) }
    let model = try BERTClassifier(checkpoint.configuration, weights: weights)
    expectClose(try model(expected.input()).floats(), try expected.tensor("logits").floats(), within: 1e-4)
  }

  @Test func drawsAHeadForABareEncoder() throws {
    let (checkpoint, isHeadNew) = try BERTCheckpoint(folder: Fixture.url("hf-encoder"))
      .prepared(forLabels: ["a", "b", "c"])
    #expect(isHeadNew)
    let models = try [3, 3, 4].map {
      try BERTClassifier(
        checkpoint.configuration, weights: checkpoint.weights, seed: $0, mayDraw: BERTCheckpoint.isHead)
    }
    #expect(models[0].parameters.drawn == ["classifier.weight", "classifier.bias"])
    let heads = try models.map { try #require($0.parameters["classifier.weight"]).floats() }
    #expect(heads[0] == heads[1])
    #expect(heads[0] != heads[2])
  }

  @Test func keepsTheHeadForTheSameLabels() throws {
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-old-names"))
    #expect(try !checkpoint.prepared(forLabels: checkpoint.configuration.labels).isHeadNew)
    #expect(try checkpoint.prepared(forLabels: checkpoint.configuration.labels.reversed()).isHeadNew)
  }

  @Test func listsEveryTensorThatDoesNotFit() throws {
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-old-names"))
    var weights = try WeightDictionary(reading: checkpoint.weights)
    weights.tensors["bert.pooler.dense.bias"] = nil
    weights.tensors["bert.encoder.layer.1.attention.self.key.weight"] = nil
    weights.tensors["classifier.weight"] = try .zeros([3, 31])
    weights.tensors["bert.encoder.layer.0.attention.self.lambda_q1"] = try .zeros([8])
    weights.tensors["bert.encoder.layer.7.output.dense.bias"] = try .zeros([32])
    let error = #expect(throws: FarqError.self) {
      try BERTClassifier(checkpoint.configuration, weights: weights)
    }
    #expect(error?.kind == .badData)
    for name in ["missing bert.pooler.dense.bias", "missing bert.encoder.layer.1.attention.self.key.weight"]
      + ["classifier.weight is [3, 31], not [3, 32]", "unexpected bert.encoder.layer.0.attention.self.lambda_q1"]
      + ["unexpected bert.encoder.layer.7.output.dense.bias"]
    {
      #expect(error?.message.contains(name) == true, "\(name)")
    }
  }

  @Test func saysWhatATokenOrADocumentBeyondTheModelIs() throws {
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-old-names"))
    let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    let word = #expect(throws: FarqError.self) { try model(BERTInput(documents: [[1, 40]])) }
    #expect(word?.kind == .badData)
    #expect(word?.message.contains("40") == true)
    let long = #expect(throws: FarqError.self) {
      try model(BERTInput(documents: [[Int32](repeating: 1, count: 25)]))
    }
    #expect(long?.kind == .badData)
    #expect(long?.message.contains("24") == true)
  }

  @Test func dropoutActsInTrainingOnly() throws {
    var checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-basic"))
    checkpoint.configuration.hiddenDropout = 0.3
    checkpoint.configuration.attentionDropout = 0.3
    let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    let input = try BERTInput(documents: [[1, 2, 3, 4], [5, 6]])
    let still = try model(input).floats()
    #expect(try model(input).floats() == still)
    try Torch.seed(1)
    let first = try model(input, ForwardPass(training: true)).floats()
    #expect(first != still)
    #expect(try model(input, ForwardPass(training: true)).floats() != first)
    try Torch.seed(1)
    #expect(try model(input, ForwardPass(training: true)).floats() == first)
  }

  @Test func trainsStepByStepAsTransformersDoes() throws {
    let record = try Fixture.decode(TrainingRecord.self, from: "training.json")
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-basic"))
    let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights, trainable: true)
    let store = model.parameters
    let groups = try [true, false].map { decays in
      let names = store.names.filter { !($0.contains("bias") || $0.contains("LayerNorm")) == decays }
      return ParameterGroup(
        names: names, parameters: try names.map { try #require(store[$0]) }, weightDecay: decays ? record.decay : 0)
    }
    let optimizer = try AdamW(groups)
    let schedule = LearningRateSchedule(
      shape: .linear, warmupRatio: record.warmupRatio, totalSteps: record.steps.count)
    for (number, step) in record.steps.enumerated() {
      let input = try BERTInput(paddedIDs: step.ids, mask: step.mask, width: record.width)
      let targets = try Tensor(step.targets, shape: [step.targets.count])
      let loss = try model(input, ForwardPass(training: true)).crossEntropy(targets)
      expectClose([Float(try loss.scalar())], [step.loss], within: 1e-3, "loss of step \(number)")
      try loss.backward()
      let norm = try optimizer.clipGradients(to: 1).read()
      expectClose([Float(norm)], [step.norm], within: 1e-3 * step.norm, "norm of step \(number)")
      let rate = record.peakRate * schedule.factor(at: number)
      #expect(abs(rate - step.rate) < 1e-12, "rate of step \(number)")
      try optimizer.step(learningRate: rate)
      try optimizer.clearGradients()
    }
  }

  @Test func loadsWithoutCopyingTheFile() throws {
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-basic"))
    let model = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights, trainable: true)
    let before = try Data(contentsOf: Fixture.url("hf-basic/model.safetensors"))
    try #require(model.parameters["classifier.bias"]).assign(.ones([5]))
    let fresh = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    #expect(try fresh.parameters["classifier.bias"]?.floats() != [1, 1, 1, 1, 1])
    #expect(try Data(contentsOf: Fixture.url("hf-basic/model.safetensors")) == before)
  }
}

/// Fixtures/training.json.
struct TrainingRecord: Decodable {
  struct Step: Decodable {
    let ids: [Int32]
    let mask: [Bool]
    let targets: [Int64]
    let loss: Float
    let norm: Float
    let rate: Double
  }

  let width: Int
  let peakRate: Double
  let warmupRatio: Double
  let decay: Double
  let steps: [Step]

  enum CodingKeys: String, CodingKey {
    case width, decay, steps
    case peakRate = "peak_rate"
    case warmupRatio = "warmup_ratio"
  }
}
