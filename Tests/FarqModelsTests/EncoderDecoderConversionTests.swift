import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// Encoder-decoders from encoders' checkpoints, and hybrids from encoder-decoders.
@Suite struct EncoderDecoderConversionTests {
  @Test func bothStacksComeFromOneCheckpoint() throws {
    let expected = try Expected("encoder-decoder/bert/expected.safetensors")
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("encoder-decoder/bert"), keepsPredictionHead: true)
      .converted(to: .encoderDecoder)
      .prepared(forLabels: ["a", "b", "c"], tokens: NamingFixture.tokens(expected))
    let drawn = try EncoderDecoderClassifier(
      checkpoint.configuration, weights: checkpoint.weights, mayDraw: BERTCheckpoint.isHead)
    #expect(drawn.parameters.drawn.count == 4 * 10 + 2)
    #expect(drawn.parameters.drawn.allSatisfy { $0.contains(".crossattention.") || $0.hasPrefix("encoder.pooler.") })
    var weights = try WeightDictionary(reading: checkpoint.weights)
    for name in expected.file.names where name.hasPrefix("w.") {
      weights.tensors[String(name.dropFirst(2))] = try expected.file.tensor(name)
    }
    let model = try EncoderDecoderClassifier(checkpoint.configuration, weights: weights)
    let targets = try expected.tensor("targets").integers().map(Int.init)
    let loss = try model.loss(expected.input(), targets: targets, ForwardPass(), LossOptions())
    expectClose(try loss.floats(), try expected.tensor("loss").floats(), within: 1e-4)
  }

  @Test func aBareEncoderGetsANewHeadTiedToItsEmbeddings() throws {
    let tokens = LabelTokens(start: 2, end: 3, names: [[5], [6, 7]])
    let checkpoint = try BERTCheckpoint(folder: Fixture.url("hf-encoder"), keepsPredictionHead: true)
      .converted(to: .encoderDecoder).prepared(forLabels: ["a", "b"], tokens: tokens)
    let model = try EncoderDecoderClassifier(
      checkpoint.configuration, weights: checkpoint.weights, trainable: true, mayDraw: BERTCheckpoint.isHead)
    #expect(model.parameters.drawn.contains("decoder.cls.predictions.transform.dense.weight"))
    #expect(!model.parameters.names.contains { $0.hasPrefix("decoder.cls.predictions.decoder.") })
    // The two stacks begin alike and learn apart.
    let encoder = try #require(model.parameters["encoder.embeddings.word_embeddings.weight"])
    let decoder = try #require(model.parameters["decoder.bert.embeddings.word_embeddings.weight"])
    #expect(try encoder.equals(decoder))
    try decoder.assign(.zeros(decoder.shape))
    #expect(try !encoder.equals(decoder))
  }

  static let requests: [AttentionRequest] = [AttentionStack.decoder, .both].flatMap { stack in
    [
      AttentionRequest(variant: .diff, ratio: 0.5, stack: stack),
      AttentionRequest(variant: .diff, ratio: 0.25, granularity: .heads, stack: stack),
      AttentionRequest(variant: .diffV2, ratio: 0.5, placement: .last, stack: stack),
      AttentionRequest(variant: .dex, ratio: 0.25, stack: stack),
      AttentionRequest(variant: .notebook, ratio: 0.5, stack: stack),
    ]
  }

  private func hybrid(
    _ request: AttentionRequest, _ initialization: HybridInitialization
  ) throws -> EncoderDecoderClassifier {
    let baseline = try NamingFixture.baseline()
    let plan = try request.plan(for: baseline.configuration)
    let converted = try HybridConversion(plan: plan, initialization: initialization, seed: 1)(
      BERTCheckpoint(configuration: baseline.configuration, weights: baseline.weights))
    return try EncoderDecoderClassifier(
      converted.configuration, weights: converted.weights, seed: 1, mayDraw: HybridConversion.isNew)
  }

  @Test(arguments: requests) func annealingBeginsAtTheBaseline(_ request: AttentionRequest) throws {
    let baseline = try NamingFixture.baseline()
    let scores = try hybrid(request, .anneal)(baseline.expected.input(), ForwardPass(alpha: 0)).floats()
    expectClose(scores, try baseline.expected.tensor("scores").floats(), within: 1e-4)
  }

  @Test(arguments: requests) func afterAnnealingTheReplacedPlacesHoldNoStandardAttention(
    _ request: AttentionRequest
  ) throws {
    let model = try hybrid(request, .anneal)
    let plan = model.configuration.plan
    let recorder = AttentionRecorder()
    _ = try model(BERTInput(documents: [[4, 5, 6]]), ForwardPass(recorder: recorder))
    for place in 0..<8 {
      let changed =
        plan.changes(place < 4 ? .encoder : .decoder) ? plan.differentialHeads(inLayer: place % 4, of: 4) : 0
      let plain = recorder.maps.filter { $0.layer == place && $0.second == nil }.reduce(0) { $0 + $1.first.shape[1] }
      #expect(plain == (plan.variant == .dex ? 4 : 4 - changed), "layer \(place)")
    }
  }

  @Test(arguments: requests) func randomDrawsEachStackAnew(_ request: AttentionRequest) throws {
    let model = try hybrid(request, .random)
    let baseline = try NamingFixture.baseline()
    let layer = model.configuration.plan.layers?.first ?? 0
    let name = "encoder.layer.\(layer).attention.self.key.weight"
    let decoder = try #require(model.parameters["decoder.bert.\(name)"])
    #expect(try !decoder.equals(#require(baseline.weights.tensor("decoder.bert.\(name)"))))
    let encoder = try #require(model.parameters["encoder.\(name)"])
    #expect(try encoder.equals(#require(baseline.weights.tensor("encoder.\(name)"))) == (request.stack == .decoder))
    #expect(try !encoder.equals(decoder))
  }

  @Test func aDecodersAttentionNeedsADecoder() throws {
    let encoder = try BERTCheckpoint(folder: Fixture.url("hf-basic")).configuration
    for stack in [AttentionStack.decoder, .both] {
      let error = #expect(throws: FarqError.self) {
        try AttentionRequest(variant: .diff, ratio: 0.5, stack: stack).plan(for: encoder)
      }
      #expect(error?.kind == .usage)
      #expect(error?.message.contains("--architecture encoder-decoder") == true)
      var object = try encoder.object()
      object["farq"] = try JSONDecoder().decode(
        JSONValue.self,
        from: JSONEncoder().encode(
          FarqConfiguration(
            attention: AttentionPlan(variant: .diff, pairing: .pair, layers: [0], stack: stack))))
      let refusal = #expect(throws: FarqError.self) { try BERTConfiguration(object: object, path: "config.json") }
      #expect(refusal?.kind == .badData)
    }
  }

  @Test func refusesWhatItCannotRead() throws {
    let file = try JSONValue.object(in: Fixture.url("encoder-decoder/model/config.json"))
    let changed = { (stack: String, key: String, value: JSONValue) in
      var object = file
      var part = try #require(object[stack]?.object)
      part[key] = value
      object[stack] = .object(part)
      return object
    }
    let cases: [([String: JSONValue], String)] = [
      (try changed("decoder", "hidden_size", .integer(32)), "different sizes"),
      (try changed("decoder", "is_decoder", .bool(false)), "no cross-attention"),
      (try changed("decoder", "tie_word_embeddings", .bool(false)), "not tied"),
      (try changed("encoder", "model_type", .string("roberta")), "roberta"),
      (file.filter { $0.key != "decoder" }, "lacks encoder or decoder"),
    ]
    for (object, words) in cases {
      let error = #expect(throws: FarqError.self) { try BERTConfiguration(object: object, path: "config.json") }
      #expect(error?.kind == .badData)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
    let fixture = try NamingFixture.baseline()
    var untold = fixture.configuration
    untold.farq?.labelTokens = nil
    let error = #expect(throws: FarqError.self) { try EncoderDecoderClassifier(untold, weights: fixture.weights) }
    #expect(error?.kind == .badData)
  }

  @Test func aBaselineIsSavedAsTransformersHasIt() throws {
    let fixture = try NamingFixture.baseline()
    let folder = try TemporaryFolder()
    try BERTCheckpoint.save(fixture.model(), to: folder.url)
    let saved = try SafetensorsFile(folder.file("model.safetensors"))
    #expect(try saved.names == SafetensorsFile(Fixture.url("encoder-decoder/model/model.safetensors")).names)
    let object = try JSONValue.object(in: folder.file("config.json"))
    #expect(object["model_type"] == .string("encoder-decoder"))
    #expect(object["architectures"] == .array([.string("EncoderDecoderModel")]))
    #expect(object["decoder_start_token_id"] == .integer(2))
    #expect(object["auto_map"] == nil)
    #expect(object["decoder"]?.object?["add_cross_attention"] == .bool(true))
    #expect(object["encoder"]?.object?["farq"] == nil)
    #expect(object["farq"]?.object?["architecture"] == .string("encoder-decoder"))
  }
}
