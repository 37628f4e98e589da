import FarqArabicText
import FarqCore
import FarqModels
import FarqTokenizer
public import FarqTorch

/// Explains what a classifier says of a text.
public struct Explainer {
  private let classifier: TextClassifier
  private let device: Device

  /// Makes an explainer; it works in fp32.
  public init(_ classifier: TextClassifier, device: Device = .cpu) {
    self.classifier = classifier
    self.device = device
  }

  /// The layer that is shown where none is named: the last differential one, or the last of a baseline.
  public var usualLayer: Int {
    let configuration = classifier.model.configuration
    let changed = (0..<configuration.layerCount).last {
      configuration.plan.changes(.encoder)
        && configuration.plan.differentialHeads(inLayer: $0, of: configuration.headCount) > 0
    }
    return changed ?? configuration.layerCount - 1
  }

  /// Explains the most probable label of `text`, or `label`.
  ///
  /// A text with more tokens than the model takes is cut at its end.
  ///
  /// - Parameters:
  ///   - label: the index of a label.
  ///   - layer: from 0.
  ///   - head: from 0; of a layer of mixed heads the differential ones come first.
  /// - Throws: ``FarqError`` `usage` for a layer or head that there is not.
  public func explain(_ text: String, label: Int? = nil, layer: Int, head: Int) throws -> Explanation {
    guard classifier.model.configuration.paddedLength == nil else {
      throw FarqError(.usage, "this model attends to padding (--ignore-mask), which no text's words can account for")
    }
    let text = try classifier.encoder.preparer.prepare(text)
    let tokenizer = classifier.encoder.tokenizer
    let encoded = tokenizer.encodeWithOffsets(text, maximumLength: classifier.encoder.maximumLength)
    let ids = encoded.map(\.id)
    let (logits, maps) = try look(ids, layer: layer, head: head)
    let classification = Classification(logits: logits, labels: classifier.labels)
    let label = label ?? classification.index
    let neutral = tokenizer.maskID ?? tokenizer.padID
    let attribution = try IntegratedGradients(model: classifier.model, device: device)(
      ids, neutral: encoded.map { $0.range.isEmpty ? $0.id : neutral }, label: label)
    return Explanation(
      text: text, tokens: tokens(encoded, attribution.tokens), tokenCount: tokenizer.ids(of: text).count + 2,
      classification: classification, label: label, attribution: attribution,
      neutralToken: tokenizer.tokens(for: [neutral])[0], maps: maps)
  }

  private func tokens(_ encoded: [EncodedToken], _ attributions: [Double]) -> [Explanation.Token] {
    let tokenizer = classifier.encoder.tokenizer
    let prefix = tokenizer.configuration.continuingSubwordPrefix
    return zip(zip(tokenizer.tokens(for: encoded.map(\.id)), encoded), attributions).map { pair, attribution in
      Explanation.Token(
        piece: pair.0, range: pair.1.range,
        isContinuation: !prefix.isEmpty && pair.0.hasPrefix(prefix) && pair.0 != prefix, attribution: attribution)
    }
  }

  /// The logits of a document, and the maps of one head.
  private func look(_ ids: [Int32], layer: Int, head: Int) throws -> (logits: [Float], maps: HeadMaps) {
    let layers = classifier.model.configuration.layerCount
    guard (0..<layers).contains(layer) else {
      throw FarqError(.usage, "--layer \(layer): the model has layers 0 to \(layers - 1)")
    }
    let recorder = AttentionRecorder(layer: layer)
    let logits = try Torch.withoutGradients {
      try classifier.model(BERTInput(documents: [ids], device: device), ForwardPass(recorder: recorder)).floats()
    }
    return (logits, try maps(of: head, in: recorder.maps, layer: layer))
  }

  private func maps(of head: Int, in groups: [AttentionRecorder.Maps], layer: Int) throws -> HeadMaps {
    let count = groups.reduce(0) { $0 + $1.combined.shape[1] }
    guard (0..<count).contains(head) else {
      throw FarqError(.usage, "--head \(head): layer \(layer) has heads 0 to \(count - 1)")
    }
    var place = head
    for group in groups {
      let heads = group.combined.shape[1]
      guard place >= heads else { return try maps(of: place, in: group, head: head, count) }
      place -= heads
    }
    throw FarqError(.fault, "layer \(layer) kept no attention maps")
  }

  private func maps(
    of place: Int, in group: AttentionRecorder.Maps, head: Int, _ count: Int
  ) throws -> HeadMaps {
    func values(_ tensor: Tensor) throws -> [Float] { try tensor.selected(1, place).floats() }
    return HeadMaps(
      layer: group.layer, head: head, headCount: count, first: try values(group.first),
      second: try group.second.map(values), combined: try values(group.combined),
      lambda: try group.lambda.map { try values($0).map(Double.init) } ?? [])
  }
}
