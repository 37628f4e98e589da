import FarqCore
import FarqInference
import FarqModels
import FarqTesting
import FarqTokenizer
import FarqTorch
import Foundation
import Testing

@Suite struct ExplainerTests {
  private static let words = ["فاز", "الفريق", "خسر", "سوق", "##ها", "النفط", "وزير", "قال"]

  /// A small random model with its tokenizer, saved and opened as a user's.
  private func classifier(_ request: AttentionRequest, in folder: TemporaryFolder) throws -> TextClassifier {
    var configuration = BERTConfiguration(
      vocabularySize: 13, hiddenSize: 16, layerCount: 2, headCount: 4, intermediateSize: 24, maximumPositions: 16,
      labels: ["a", "b", "c"])
    configuration.initializerRange = 0.4
    configuration.farq = FarqConfiguration(attention: try request.plan(layers: 2, heads: 4, headSize: 4))
    try BERTCheckpoint.save(BERTClassifier(configuration, weights: nil, seed: 3), to: folder.url)
    try BERTTokenizer(
      vocabulary: Vocabulary(tokens: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + Self.words),
      configuration: TokenizerConfiguration()
    ).save(to: folder.url)
    return try TextClassifier(folder: folder.url)
  }

  static let requests = [
    AttentionRequest(variant: .standard, ratio: 0), AttentionRequest(variant: .diff, ratio: 0.5, placement: .first),
    AttentionRequest(variant: .diff, ratio: 0.25, granularity: .heads),
    AttentionRequest(variant: .diffV2, ratio: 0.5, placement: .first),
    AttentionRequest(variant: .diffV2, ratio: 0.5, granularity: .heads),
    AttentionRequest(variant: .dex, ratio: 0.5, placement: .first),
    AttentionRequest(variant: .notebook, ratio: 0.5, placement: .first),
  ]

  /// The attributions add up, and are those of a plain sum over many points.
  @Test(arguments: requests) func attributionsAreComplete(_ request: AttentionRequest) throws {
    let folder = try TemporaryFolder()
    let classifier = try classifier(request, in: folder)
    let result = try Explainer(classifier).explain("فاز سوقها قال", layer: 0, head: 0)
    let difference = result.attribution.logOdds - result.attribution.neutralLogOdds
    #expect(abs(result.attribution.sum - difference) <= 0.01 * abs(difference) + 1e-5)
    #expect(result.tokens.map(\.piece) == ["[CLS]", "فاز", "سوق", "##ها", "قال", "[SEP]"])
    #expect(result.tokens.map(\.isContinuation) == [false, false, false, true, false, false])
    #expect(result.tokens[0].attribution == 0 && result.tokens[5].attribution == 0)
    let p = result.classification.probabilities[result.label]
    #expect(result.label == result.classification.index)
    #expect(abs(Double(result.attribution.logOdds) - log(p / (1 - p))) < 1e-4)
    let plain = try plainSum(classifier, [2, 5, 8, 9, 12, 3], [2, 4, 4, 4, 4, 3], label: result.label, points: 300)
    let largest = plain.map(abs).max() ?? 0
    for (token, expected) in zip(result.tokens, plain) {
      #expect(abs(token.attribution - expected) < 0.02 * largest + 1e-4)
    }
  }

  /// A midpoint sum, one gradient after the other.
  private func plainSum(
    _ classifier: TextClassifier, _ ids: [Int32], _ neutral: [Int32], label: Int, points: Int
  ) throws -> [Double] {
    let model = classifier.model
    let x = try model.wordEmbeddings(BERTInput(documents: [ids])).detached()
    let start = try model.wordEmbeddings(BERTInput(documents: [neutral])).detached()
    var total = try Tensor.zeros(x.shape)
    for point in 0..<points {
      let place = try (start + (x - start) * ((Double(point) + 0.5) / Double(points))).detached()
      try place.setRequiresGradient(true)
      var input = try BERTInput(documents: [ids])
      input.wordEmbeddings = place
      let p = try model(input).softmax(1).selected(1, label)
      // d log-odds = dp / (p (1 − p))
      let value = try p.scalar()
      try p.sum().backward()
      let gradient = try #require(try place.gradient())
      total = try total + gradient * (1 / (value * (1 - value) * Double(points)))
    }
    return try ((x - start) * total).sum([1]).floats().map(Double.init)
  }

  @Test(arguments: requests) func mapsAreThoseOfTheHead(_ request: AttentionRequest) throws {
    let folder = try TemporaryFolder()
    let explainer = try Explainer(classifier(request, in: folder))
    let maps = try explainer.explain("فاز الفريق", layer: 0, head: 1).maps
    #expect(maps.headCount == (request.variant == .diff && request.granularity == .layers ? 2 : 4))
    for map in [maps.first, maps.second].compactMap({ $0 }) {
      #expect(map.count == 16)
      for row in 0..<4 { #expect(abs(map[row * 4..<row * 4 + 4].reduce(0, +) - 1) < 1e-5) }
    }
    guard let second = maps.second else {
      #expect(maps.combined == maps.first && maps.lambda.isEmpty)
      return
    }
    #expect(maps.lambda.count == (request.variant == .diffV2 ? 4 : 1))
    for place in 0..<16 {
      let lambda = maps.lambda[maps.lambda.count == 1 ? 0 : place / 4]
      #expect(abs(Double(maps.combined[place]) - Double(maps.first[place]) + lambda * Double(second[place])) < 1e-5)
    }
  }

  @Test func longTextsAreCut() throws {
    let folder = try TemporaryFolder()
    let explainer = try Explainer(classifier(Self.requests[1], in: folder))
    let text = Array(repeating: "قال", count: 40).joined(separator: " ")
    let result = try explainer.explain(text, label: 2, layer: explainer.usualLayer, head: 0)
    #expect(result.tokens.count == 16 && result.tokenCount == 42 && result.label == 2)
    #expect(explainer.usualLayer == 0)
  }

  @Test func emptyTextsHaveNoAttribution() throws {
    let folder = try TemporaryFolder()
    let result = try Explainer(classifier(Self.requests[0], in: folder)).explain("", layer: 1, head: 0)
    #expect(result.tokens.count == 2 && result.attribution.sum == 0)
  }

  @Test func whatThereIsNotIsRefused() throws {
    let folder = try TemporaryFolder()
    let explainer = try Explainer(classifier(Self.requests[1], in: folder))
    for (layer, head, words) in [
      (2, 0, "layers 0 to 1"), (-1, 0, "layers"), (0, 2, "heads 0 to 1"), (1, 4, "heads 0 to 3"),
    ] {
      let error = #expect(throws: FarqError.self) { try explainer.explain("قال", layer: layer, head: head) }
      #expect(error?.kind == .usage)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }
}
