import FarqCore

extension BERTCheckpoint {
  /// The checkpoint as one of `architecture`: itself, or for an encoder-decoder both stacks from this encoder.
  ///
  /// The head is the checkpoint's own `cls.predictions`, where that was read; what is still missing
  /// (cross-attention, and else the head) is left to be drawn.
  ///
  /// - Throws: ``FarqError`` `usage` for an encoder-decoder that is to become an encoder, and for a hybrid.
  public func converted(to architecture: FarqConfiguration.Architecture) throws -> BERTCheckpoint {
    guard architecture != configuration.architecture else { return self }
    guard architecture == .encoderDecoder else {
      throw FarqError(.usage, "the model is an encoder-decoder already: omit --architecture encoder")
    }
    guard configuration.plan.isStandard else {
      throw FarqError(.usage, "the model is a hybrid already: give the baseline that it was made from as --model")
    }
    var copy = self
    var farq = configuration.farq ?? FarqConfiguration()
    farq.architecture = .encoderDecoder
    copy.configuration.farq = farq
    copy.weights = RenamedWeights(weights, rename: Self.encoderDecoderNames)
    return copy
  }

  private static func encoderDecoderNames(_ name: String) -> [String] {
    if name.hasPrefix("cls.predictions.") { return ["decoder.\(name)"] }
    guard name.hasPrefix("bert.") else { return [] }
    let encoder = "encoder.\(name.dropFirst("bert.".count))"
    return name.hasPrefix("bert.pooler.") ? [encoder] : [encoder, "decoder.\(name)"]
  }

  /// The same encoder-decoder for other labels, whose names are written as `tokens` say.
  public func prepared(forLabels labels: [String], tokens: LabelTokens) -> BERTCheckpoint {
    var copy = self
    copy.configuration.labels = labels
    copy.configuration.farq?.labelTokens = tokens
    return copy
  }
}
