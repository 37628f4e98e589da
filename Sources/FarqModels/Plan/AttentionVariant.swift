/// How a differential layer forms its attention; raw values are the words of `--attention` and of `config.json`.
public enum AttentionVariant: String, Sendable, Codable, CaseIterable {
  /// softmax(q kᵀ/√d) v, as in BERT.
  case standard
  /// Differential Transformer (Ye et al. 2024, arXiv 2410.05258).
  case diff
  /// Differential Transformer V2 (Ye et al. 2026).
  case diffV2 = "diff-v2"
  /// DEX (Kong et al. 2025, arXiv 2505.16333).
  case dex
  /// The layer of the public notebook that Farq was asked to rebuild.
  case notebook
}
