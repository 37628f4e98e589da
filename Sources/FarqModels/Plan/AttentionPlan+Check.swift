import FarqCore

extension AttentionPlan {
  /// Refuses a plan, read from a file, that a model of these sizes cannot have.
  ///
  /// - Throws: ``FarqError`` `badData` that names the file at `path`.
  func check(against configuration: BERTConfiguration, path: String) throws {
    guard !isStandard, let problem = problem(configuration) else { return }
    throw FarqError(.badData, "\(path): farq.attention \(problem); save the checkpoint again")
  }

  private func problem(_ configuration: BERTConfiguration) -> String? {
    guard stack == .encoder || configuration.architecture == .encoderDecoder else {
      return "changes the \(stack.rawValue == "both" ? "decoder too" : "decoder"), and the model has none"
    }
    let heads: Int
    switch granularity {
    case .layers:
      guard let layers, Set(layers).count == layers.count else { return "names no layers, or one twice" }
      guard layers.allSatisfy((0..<configuration.layerCount).contains) else {
        return "names layers \(layers), the model has \(configuration.layerCount)"
      }
      heads = configuration.headCount
    case .heads:
      guard let named = self.heads, !named.isEmpty, named == Array(0..<named.count),
        named.count <= configuration.headCount
      else { return "names heads \(self.heads ?? []), not the first ones of \(configuration.headCount)" }
      heads = named.count
    }
    return sizeProblem(heads: heads, headSize: configuration.headSize)
  }

  private func sizeProblem(heads: Int, headSize: Int) -> String? {
    switch (variant, pairing) {
    case (.diff, nil): "has no pairing"
    case (.diff, .pair): heads.isMultiple(of: 2) ? nil : "pairs \(heads) heads, an odd number"
    case (.diff, .split), (.notebook, _): headSize.isMultiple(of: 2) ? nil : "halves heads of size \(headSize)"
    default: nil
    }
  }
}
