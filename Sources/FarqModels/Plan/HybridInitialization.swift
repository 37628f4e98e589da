/// How a hybrid's replaced places begin; raw values are the words of `--init`.
public enum HybridInitialization: String, Sendable, Codable, CaseIterable {
  /// Projections are drawn anew, N(0, 0.02²) (the notebook's).
  case random
  /// Projections keep the checkpoint's weights; what is new is drawn.
  case pretrained
  /// As `pretrained`, and the layer turns from standard to differential over the first steps.
  case anneal
  /// As `pretrained`, and the output projections and norms of the replaced places are fitted to the pretrained layers'
  /// outputs on unlabelled texts; see ``HybridFit``.
  case fitted
}
