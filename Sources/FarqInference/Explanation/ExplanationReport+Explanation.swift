import FarqCore
public import FarqModels
public import FarqReport

extension ExplanationReport {
  /// The explanation as the page and JSON show it.
  public init(_ explanation: Explanation, _ classifier: TextClassifier, name: String) throws {
    let labels = classifier.labels
    let result = explanation.classification
    let attribution = explanation.attribution
    self.init(
      model: name, farqVersion: FarqVersion.current, text: explanation.text,
      probabilities: labels.indices.map {
        LabelProbability(
          label: labels[$0], probability: result.probabilities[$0], logit: Double(result.logits[$0]))
      },
      label: labels[explanation.label],
      attribution: AttributionReport(
        method: "integrated gradients (Sundararajan et al. 2017)", logOdds: attribution.logOdds,
        neutralLogOdds: attribution.neutralLogOdds, neutralToken: explanation.neutralToken, sum: attribution.sum,
        error: attribution.error, points: attribution.pointCount),
      tokens: explanation.tokens.map {
        ExplainedToken(
          piece: $0.piece, start: $0.range.lowerBound, end: $0.range.upperBound, isContinuation: $0.isContinuation,
          attribution: $0.attribution)
      },
      tokenCount: explanation.tokenCount,
      head: HeadReport(explanation.maps, classifier.model.configuration, count: explanation.tokens.count),
      layers: LayerReport.all(classifier.model.configuration, .encoder, try classifier.model.lambdas())
        + LayerReport.all(classifier.model.configuration, .decoder, try classifier.model.decoderLambdas()))
  }
}

extension HeadReport {
  init(_ maps: HeadMaps, _ configuration: BERTConfiguration, count: Int) {
    func rows(_ values: [Float]) -> [[Float]] {
      stride(from: 0, to: values.count, by: max(count, 1)).map { Array(values[$0..<min($0 + count, values.count)]) }
    }
    self.init(
      layer: maps.layer, head: maps.head, headCount: maps.headCount,
      summary: Self.summary(maps, configuration), first: rows(maps.first), second: maps.second.map(rows),
      combined: rows(maps.combined), lambda: maps.lambda)
  }

  /// What the head is, in words.
  private static func summary(_ maps: HeadMaps, _ configuration: BERTConfiguration) -> String {
    let plan = configuration.plan
    let changed =
      plan.changes(.encoder) ? plan.differentialHeads(inLayer: maps.layer, of: configuration.headCount) : 0
    let place = "Head \(maps.head) of \(maps.headCount) (counted from 0) in layer \(maps.layer)"
    guard maps.second != nil else {
      if plan.variant == .dex, maps.head < changed {
        return "\(place) is a DEX head: its softmax map stays BERT’s, λ · W of its output is taken away afterwards."
      }
      return "\(place) is a standard head: one softmax map."
    }
    let pair = "\(place) is a differential head (\(plan.variant.rawValue))"
    switch (plan.variant, plan.pairing) {
    case (.diffV2, _): return "\(pair): its two query heads share keys and values, λ depends on the token."
    case (_, .pair?): return "\(pair): BERT’s heads \(2 * maps.head) and \(2 * maps.head + 1) give its two maps."
    default: return "\(pair): the two halves of BERT’s head \(maps.head) give its two maps."
    }
  }
}

extension LayerReport {
  /// One record a layer of one stack.
  public static func all(
    _ configuration: BERTConfiguration, _ stack: AttentionStack, _ lambdas: [[Double]]
  ) -> [LayerReport] {
    let plan = configuration.plan
    return lambdas.enumerated().map { layer, lambda in
      let heads = plan.changes(stack) ? plan.differentialHeads(inLayer: layer, of: configuration.headCount) : 0
      let hasInitial = heads > 0 && plan.variant != .diffV2
      return LayerReport(
        stack: stack.rawValue, layer: layer, attention: heads > 0 ? plan.variant.rawValue : "standard",
        differentialHeads: heads, lambda: lambda, lambdaKind: heads > 0 ? kind(of: plan.variant) : nil,
        lambdaInit: hasInitial ? plan.lambdaInit.value(atLayer: layer) : nil)
    }
  }

  private static func kind(of variant: AttentionVariant) -> LambdaKind? {
    switch variant {
    case .standard: nil
    case .diff, .notebook: .layer
    case .dex: .head
    case .diffV2: .token
    }
  }
}
