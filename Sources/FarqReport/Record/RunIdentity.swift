public import FarqCore

/// What makes a run the run that it is: everything that decides its numbers. Two reports with the same identity are of
/// the same run; `identity.json` keeps it in the run folder, so that no other run goes on there.
///
/// Where data and checkpoints lie, how often a state is saved, threads and device are no part of it.
public struct RunIdentity: Codable, Sendable, Equatable {
  /// The beginning of a SHA-256 over all that follows, in hexadecimal: 12 digits.
  public var name: String
  /// The resolved options by their long names.
  public var options: [String: JSONValue]
  /// A fingerprint of each split: texts and labels in their order.
  public var splits: [String: String]
  /// A fingerprint of the tensors that the run begins with; nil where they are drawn by seed.
  public var checkpoint: String?
  /// A fingerprint of all that decides a text's token ids.
  public var tokenizer: String
  /// A fingerprint of the teacher's tensors; nil without one.
  public var teacher: String?

  /// Makes an identity of its parts; `digest` gives a name to their JSON.
  public init(
    options: [String: JSONValue], splits: [String: String], checkpoint: String?, tokenizer: String,
    teacher: String? = nil, digest: (RunIdentity) throws -> String
  ) rethrows {
    self.name = ""
    self.options = options
    self.splits = splits
    self.checkpoint = checkpoint
    self.tokenizer = tokenizer
    self.teacher = teacher
    name = try digest(self)
  }

  /// What is otherwise here than in `recorded`, in words: `--granularity layers → heads`, `the training split`.
  public func differences(from recorded: RunIdentity) -> [String] {
    let words = { (value: JSONValue?) in value.map(Self.text) ?? "not given" }
    var parts = Set(options.keys).union(recorded.options.keys).sorted()
      .filter { options[$0] != recorded.options[$0] }
      .map { "--\($0) \(words(recorded.options[$0])) → \(words(options[$0]))" }
    parts += Set(splits.keys).union(recorded.splits.keys).sorted()
      .filter { splits[$0] != recorded.splits[$0] }.map { "the documents of the \($0) split" }
    if checkpoint != recorded.checkpoint { parts.append("the tensors of the model that it begins with") }
    if tokenizer != recorded.tokenizer { parts.append("the tokenizer") }
    if teacher != recorded.teacher { parts.append("the teacher's tensors") }
    return parts
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .bool(let flag): flag ? "given" : "not given"
    default: "…"
    }
  }
}
