import FarqCore
import FarqReport
import Testing

@Suite struct RunIdentityDifferencesTests {
  private func identity(
    _ options: [String: JSONValue] = ["seed": .integer(42), "granularity": .string("layers")],
    splits: [String: String] = ["train": "a", "test": "b"], checkpoint: String? = "c", tokenizer: String = "d",
    teacher: String? = nil
  ) -> RunIdentity {
    RunIdentity(options: options, splits: splits, checkpoint: checkpoint, tokenizer: tokenizer, teacher: teacher) {
      _ in "name"
    }
  }

  @Test func namesEveryDifference() {
    #expect(identity().differences(from: identity()) == [])
    let other = identity(
      ["seed": .integer(43), "plain": .bool(true)], splits: ["train": "a", "test": "z"], checkpoint: nil,
      tokenizer: "e", teacher: "t")
    #expect(
      other.differences(from: identity()) == [
        "--granularity layers → not given", "--plain not given → given", "--seed 42 → 43",
        "the documents of the test split", "the tensors of the model that it begins with", "the tokenizer",
        "the teacher's tensors",
      ])
  }
}
