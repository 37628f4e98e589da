/// What hybrids start from; raw values are the words of `--start`.
public enum StartingPoint: String, Sendable, Codable, CaseIterable {
  /// Every configuration starts from the given checkpoint and gets the same steps.
  case pretrained
  /// Hybrids start from the fine-tuned baseline, and the baseline is trained on as a control.
  case finetuned
}
