import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// Encoder-decoders against transformers' `EncoderDecoderModel`, and every variant in each stack against the plain
/// restatement in Fixtures/encoder-decoder/reference_encoder_decoder.py.
@Suite struct EncoderDecoderTests {
  @Test func coversEveryVariantInTheDecoder() {
    for word in [
      "diff-pair-layers", "diff-split-layers", "diff-split-heads", "diff-v2-layers", "dex-layers", "dex-heads",
    ]
      + ["notebook-layers", "notebook-heads"]
    {
      #expect(NamingFixture.variants.contains { $0.contains(word) && !$0.contains("encoder.") }, "\(word)")
    }
  }

  @Test(arguments: NamingFixture.all) func givesTheLogitsLossAndScores(_ name: String) throws {
    let fixture = try NamingFixture(name)
    let model = try fixture.model()
    let input = try fixture.expected.input()
    expectClose(try model.words(input, labels: fixture.targets).floats(), try fixture.logits(), within: 1e-4, "logits")
    let loss = try model.loss(input, targets: fixture.targets, ForwardPass(), LossOptions())
    expectClose(try loss.floats(), try fixture.expected.tensor("loss").floats(), within: 1e-4, "loss")
    expectClose(try model(input).floats(), try fixture.expected.tensor("scores").floats(), within: 1e-4, "scores")
  }

  @Test(arguments: NamingFixture.all) func givesTheGradients(_ name: String) throws {
    let fixture = try NamingFixture(name)
    let model = try fixture.model(trainable: true)
    try model.loss(fixture.expected.input(), targets: fixture.targets, ForwardPass(), LossOptions()).backward()
    var compared = 0
    for parameter in model.parameters.names {
      guard let wanted = try fixture.expected.file.tensor("g.\(parameter)")?.floats() else {
        #expect(!parameter.contains("attention.self."), "no gradient of \(parameter)")
        continue
      }
      let actual = try model.parameters[parameter]?.gradient()?.floats() ?? wanted.map { _ in 0 }
      let largest = wanted.map(abs).max() ?? 0
      expectClose(actual, wanted, within: 1e-3 * max(largest, 0.01), "gradient of \(parameter)")
      compared += 1
    }
    #expect(compared >= 72)
  }

  @Test(arguments: NamingFixture.all) func paddingChangesNothing(_ name: String) throws {
    let fixture = try NamingFixture(name)
    let model = try fixture.model()
    let batch = try model(fixture.expected.input()).floats()
    for (index, document) in fixture.expected.documents.enumerated() {
      let alone = try model(BERTInput(documents: [document])).floats()
      expectClose(alone, Array(batch[index * 3..<(index + 1) * 3]), within: 1e-5, "document \(index)")
    }
    let wider = fixture.expected.documents.map { $0 + [Int32](repeating: 33, count: 20 - $0.count) }
    let mask = fixture.expected.documents.flatMap { document in (0..<20).map { $0 < document.count } }
    let padded = try model(BERTInput(paddedIDs: Array(wider.joined()), mask: mask, width: 20)).floats()
    expectClose(padded, batch, within: 1e-5, "more padding, other ids in it")
  }

  /// The last token of a name is another: only what comes after it changes.
  @Test(arguments: NamingFixture.all) func aLaterTokenChangesNoEarlierLogit(_ name: String) throws {
    var fixture = try NamingFixture(name)
    let input = try BERTInput(documents: [[4, 5, 6], [7]])
    let before = try fixture.model().words(input, labels: [2, 2]).floats()
    fixture.configuration.farq?.labelTokens?.names[2] = [7, 10, 12]
    let after = try fixture.model().words(input, labels: [2, 2]).floats()
    for row in 0..<8 {
      let range = (row * 40)..<((row + 1) * 40)
      let worst = zip(before[range], after[range]).map { abs($0 - $1) }.max() ?? 0
      if row % 4 == 3 { #expect(worst > 1e-3, "row \(row)") } else { #expect(worst < 1e-6, "row \(row)") }
    }
  }

  @Test(arguments: NamingFixture.all) func anAllPaddingRowIsFinite(_ name: String) throws {
    let fixture = try NamingFixture(name)
    let model = try fixture.model(trainable: true)
    let input = try BERTInput(
      paddedIDs: [0, 0, 0, 5, 6, 7], mask: [false, false, false, true, true, true], width: 3)
    let scores = try model(input)
    #expect(try scores.isFinite())
    try model.loss(input, targets: [0, 2], ForwardPass(), LossOptions()).backward()
    for parameter in model.parameters.names {
      #expect(try model.parameters[parameter]?.gradient()?.isFinite() != false, "gradient of \(parameter)")
    }
    expectClose(
      Array(try scores.floats().suffix(3)), try model(BERTInput(documents: [[5, 6, 7]])).floats(), within: 1e-5)
  }

  @Test(arguments: NamingFixture.all) func mixedPrecisionIsFinite(_ name: String) throws {
    let fixture = try NamingFixture(name)
    let model = try fixture.model(trainable: true)
    let loss = try Torch.withAutocast(.bfloat16, on: .cpu) {
      try model.loss(fixture.expected.input(), targets: fixture.targets, ForwardPass(training: true), LossOptions())
    }
    expectClose(try loss.floats(), try fixture.expected.tensor("loss").floats(), within: 0.15, "loss in bf16")
    try loss.backward()
    for parameter in model.parameters.names {
      #expect(try model.parameters[parameter]?.gradient()?.isFinite() != false, "gradient of \(parameter)")
    }
  }

  @Test(arguments: NamingFixture.all) func fusedOperatorsEqualThePlainFormulae(_ name: String) throws {
    let fixture = try NamingFixture(name)
    let model = try fixture.model()
    var plain = ForwardPass()
    plain.chosenOperators = .plain
    let input = try fixture.expected.input()
    expectClose(try model(input).floats(), try model(input, plain).floats(), within: 1e-5)
  }

  @Test(arguments: NamingFixture.all) func savingAndLoadingChangesNoBit(_ name: String) throws {
    let fixture = try NamingFixture(name)
    let folder = try TemporaryFolder()
    let model = try fixture.model()
    try BERTCheckpoint.save(model, to: folder.url)
    let checkpoint = try BERTCheckpoint(folder: folder.url)
    #expect(checkpoint.configuration.plan == fixture.configuration.plan)
    #expect(checkpoint.configuration.labels == ["رياضة", "طب", "اقتصاد عام"])
    let again = try ClassifierFactory.make(checkpoint.configuration, weights: checkpoint.weights)
    #expect(again.parameters.names == model.parameters.names)
    let input = try fixture.expected.input()
    #expect(try again(input).bytes() == model(input).bytes())
  }

  /// A document's loss counts by the weight of its label.
  @Test func weighsLabels() throws {
    let fixture = try NamingFixture.baseline()
    let model = try fixture.model()
    let input = try BERTInput(documents: [[4, 5, 6], [7], [8, 9]])
    let loss = { (input: BERTInput, targets: [Int], weights: [Float]?, smoothing: Double) throws -> [Float] in
      let tensor = try weights.map { try Tensor($0, shape: [3]) }
      return try model.loss(
        input, targets: targets, ForwardPass(), LossOptions(classWeights: tensor, labelSmoothing: smoothing)
      ).floats()
    }
    for smoothing in [0, 0.2] {
      let even = try loss(input, [0, 1, 2], nil, smoothing)
      expectClose(try loss(input, [0, 1, 2], [2, 2, 2], smoothing), even, within: 1e-5)
      let one = try loss(BERTInput(documents: [[7]]), [1], nil, smoothing)
      expectClose(try loss(input, [0, 1, 2], [0, 1, 0], smoothing), one, within: 1e-5)
    }
  }
}
