/// Which margin the hinge loss takes: TorchMetrics' `multiclass_mode`.
public enum HingeMode: String, Sendable, Codable, CaseIterable {
  /// The target's score minus the highest other one: one loss.
  case crammerSinger = "crammer-singer"
  /// Each class against the rest: one loss a class.
  case oneVersusAll = "one-vs-all"
}
