/// Where a run's checkpoints lie.
public enum OutputLayout: Sendable {
  /// Each in `checkpoints/<model>/` of the run folder.
  case run
  /// The output folder is the one model's checkpoint, and the report lies beside it.
  case checkpoint
}
