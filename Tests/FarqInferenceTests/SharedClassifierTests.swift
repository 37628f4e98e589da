import FarqInference
import FarqModels
import FarqReport
import FarqTesting
import FarqTokenizer
import FarqTorch
import Foundation
import Testing

/// A classifier that many tasks share answers each as if it were alone.
@Suite struct SharedClassifierTests {
  private static let words = ["فاز", "الفريق", "خسر", "سوق", "##ها", "النفط", "وزير", "قال"]

  /// A small random model, saved as a user's.
  private func save(in folder: TemporaryFolder) throws {
    var configuration = BERTConfiguration(
      vocabularySize: 13, hiddenSize: 16, layerCount: 2, headCount: 4, intermediateSize: 24, maximumPositions: 32,
      labels: ["a", "b", "c"])
    configuration.initializerRange = 0.4
    let request = AttentionRequest(variant: .diff, ratio: 0.5, placement: .first)
    configuration.farq = FarqConfiguration(attention: try request.plan(layers: 2, heads: 4, headSize: 4))
    try BERTCheckpoint.save(BERTClassifier(configuration, weights: nil, seed: 3), to: folder.url)
    try BERTTokenizer(
      vocabulary: Vocabulary(tokens: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + Self.words),
      configuration: TokenizerConfiguration()
    ).save(to: folder.url)
  }

  private func texts(_ count: Int, from seed: Int) -> [String] {
    (0..<count).map { index in
      (0...(seed + index * 7) % 12).map { Self.words[(seed * 3 + index + $0 * 5) % Self.words.count] }.joined(
        separator: " ")
    }
  }

  /// Callers of one and of several texts, more of them than a batch holds, get what a classifier alone says.
  @Test func manyTasks() async throws {
    let folder = try TemporaryFolder()
    try save(in: folder)
    let calls = (0..<60).map { texts($0 % 5 + 1, from: $0) }
    let alone = try TextClassifier(folder: folder.url, precision: .fp32)
    let expected = try calls.map { try alone.classify($0) }
    let shared = try SharedClassifier(folder: folder.url, precision: .fp32, batching: .init(tokenBudget: 24))
    let answers = try await withThrowingTaskGroup(of: (Int, [Classification]).self) { group in
      for (index, texts) in calls.enumerated() {
        group.addTask { (index, try await shared.classify(texts)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for (index, expected) in expected.enumerated() {
      let answer = try #require(answers[index])
      #expect(answer.count == expected.count)
      for (one, other) in zip(answer, expected) {
        #expect(one.label == other.label && one.tokenCount == other.tokenCount && one.isCut == other.isCut)
        for (a, b) in zip(one.logits, other.logits) { #expect(abs(a - b) < 1e-5) }
      }
    }
    let statistics = shared.statistics
    #expect(statistics.waiting == 0 && statistics.documents == calls.reduce(0) { $0 + $1.count })
    #expect(statistics.batches > 1 && statistics.batches < statistics.documents)
    #expect(statistics.tokens > statistics.documents * 2)
  }

  /// Both ends of a long text, as one caller asks for it.
  @Test func otherEnd() async throws {
    let folder = try TemporaryFolder()
    try save(in: folder)
    let long = texts(1, from: 4)[0] + String(repeating: " النفط وزير قال خسر", count: 12)
    let shared = try SharedClassifier(folder: folder.url, precision: .fp32)
    let tail = try TextClassifier(folder: folder.url, precision: .fp32, long: .tail).classify([long])[0]
    let answer = try await shared.classify([long], long: .tail)[0]
    #expect(answer.isCut && answer.label == tail.label)
    for (a, b) in zip(answer.logits, tail.logits) { #expect(abs(a - b) < 1e-5) }
    let head = try await shared.classify([long])[0]
    #expect(head.logits != answer.logits)
  }

  /// A queue without room refuses, and takes texts again afterwards.
  @Test func fullQueue() async throws {
    let folder = try TemporaryFolder()
    try save(in: folder)
    let shared = try SharedClassifier(folder: folder.url, batching: .init(queueLimit: 3))
    await #expect(throws: SharedClassifier.Overloaded(waiting: 0, limit: 3)) {
      try await shared.classify(texts(4, from: 1))
    }
    #expect(try await shared.classify(texts(3, from: 1)).count == 3)
    #expect(shared.statistics.documents == 3)
  }

  /// A caller that is cancelled while it waits is told so, its texts are left out, and nobody else notices.
  @Test func cancellation() async throws {
    let folder = try TemporaryFolder()
    try save(in: folder)
    let shared = try SharedClassifier(folder: folder.url, batching: .init(delay: .milliseconds(400)))
    let first = Task { try await shared.classify(texts(2, from: 1)) }
    let second = Task { try await shared.classify(texts(3, from: 2)) }
    try await Task.sleep(for: .milliseconds(100))
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    #expect(try await first.value.count == 2)
    #expect(shared.statistics.documents == 2 && shared.statistics.waiting == 0)
  }

  /// The explainer says what `Explainer` says, from several tasks.
  @Test func explanations() async throws {
    let folder = try TemporaryFolder()
    try save(in: folder)
    let shared = try SharedExplainer(folder: folder.url, name: "small")
    let text = "فاز الفريق قال"
    let alone = try Explainer(TextClassifier(folder: folder.url, precision: .fp32)).explain(text, layer: 0, head: 1)
    let reports = try await withThrowingTaskGroup(of: [Double].self) { group in
      for _ in 0..<3 { group.addTask { try await shared.explain(text, head: 1).tokens.map(\.attribution) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(reports.count == 3)
    for report in reports {
      #expect(report.count == alone.tokens.count)
      for (a, b) in zip(report, alone.tokens) { #expect(abs(a - b.attribution) < 1e-6) }
    }
    await #expect(throws: (any Error).self) { try await shared.explain(text, label: "none") }
  }
}
