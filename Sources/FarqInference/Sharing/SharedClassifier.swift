import FarqArabicText
import FarqCore
public import FarqModels
import FarqTokenizer
public import FarqTorch
public import Foundation
import Synchronization

/// A checkpoint that many tasks share: texts of different callers go through the model together.
///
/// Each caller encodes its own texts; the model runs on a thread of its own, over batches that are filled text by text in
/// the order of arrival. While one batch is worked out the next one gathers. A caller that is cancelled leaves the queue.
///
/// ```swift
/// let classifier = try SharedClassifier(folder: URL(fileURLWithPath: "my-model"))
/// let results = try await classifier.classify(["فاز الفريق بالمباراة"])
/// ```
public actor SharedClassifier {
  /// The label names, in the order of the logits.
  public nonisolated let labels: [String]
  /// From text to tokens.
  public nonisolated let encoder: DocumentEncoder
  /// Sizes, plan and names of the model.
  public nonisolated let configuration: BERTConfiguration
  /// How batches are filled.
  public nonisolated let batching: Batching
  private nonisolated let executor: ThreadExecutor
  private nonisolated let load = Mutex(Load())

  private let classifier: TextClassifier
  private var queue = DocumentQueue()
  private var isRunning = false

  /// The thread that the model runs on.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Opens a checkpoint folder.
  ///
  /// - Parameters:
  ///   - maximumLength: tokens of a text; nil takes the model's own, 512 for BERT.
  ///   - executor: the thread; models that are given the same one take turns.
  /// - Throws: ``FarqError`` that names the file and what to do.
  public init(
    folder: URL, device: Device = .cpu, precision: Precision = .auto, maximumLength: Int? = nil,
    long: LongDocument = .head, batching: Batching = Batching(), executor: ThreadExecutor = ThreadExecutor()
  ) throws {
    let classifier = try TextClassifier(
      folder: folder, device: device, precision: precision, maximumLength: maximumLength, long: long)
    labels = classifier.labels
    encoder = classifier.encoder
    configuration = classifier.model.configuration
    self.classifier = classifier
    self.batching = batching
    self.executor = executor
  }

  /// Classifies texts, in their order.
  ///
  /// - Parameter long: what becomes of texts that are too long; nil is what the classifier was opened with.
  /// - Throws: ``Overloaded`` where the queue has no room, `CancellationError`, or ``FarqError``.
  public nonisolated func classify(_ texts: [String], long: LongDocument? = nil) async throws -> [Classification] {
    let documents = try encode(texts, long: long)
    return try await classify(documents)
  }

  /// Encodes texts for ``classify(_:)-([EncodedDocument])``, on the caller's thread.
  public nonisolated func encode(_ texts: [String], long: LongDocument? = nil) throws -> [EncodedDocument] {
    guard let long, long != encoder.long else { return try texts.map(encoder.encode) }
    let encoder = try DocumentEncoder(
      tokenizer: encoder.tokenizer, preparer: encoder.preparer, maximumLength: encoder.maximumLength, long: long)
    return try texts.map(encoder.encode)
  }

  /// Classifies encoded documents, in their order.
  ///
  /// - Throws: ``Overloaded`` where the queue has no room, `CancellationError`, or ``FarqError``.
  public nonisolated func classify(_ documents: [EncodedDocument]) async throws -> [Classification] {
    guard !documents.isEmpty else { return [] }
    try admit(documents.count)
    defer { load.withLock { $0.waiting -= documents.count } }
    let logits = try await enqueue(documents)
    return zip(documents, logits).map { document, logits in
      Classification(logits: logits, labels: labels, tokenCount: document.tokenCount, isCut: document.isCut)
    }
  }

  /// What was done since the start, and what waits.
  public nonisolated var statistics: Statistics {
    load.withLock {
      Statistics(
        waiting: $0.waiting, batches: $0.batches, documents: $0.documents, tokens: $0.tokens, seconds: $0.seconds)
    }
  }

  private nonisolated func admit(_ count: Int) throws {
    try load.withLock { load in
      guard load.waiting + count <= batching.queueLimit else {
        throw Overloaded(waiting: load.waiting, limit: batching.queueLimit)
      }
      load.waiting += count
    }
  }

  // MARK: On the model's thread

  private func enqueue(_ documents: [EncodedDocument]) async throws -> [[Float]] {
    let identifier = UUID()
    return try await withTaskCancellationHandler {
      try Task.checkCancellation()
      return try await withCheckedThrowingContinuation { continuation in
        queue.append(documents, identifier, continuation)
        start()
      }
    } onCancel: {
      Task { await self.cancel(identifier) }
    }
  }

  private func cancel(_ identifier: UUID) { queue.remove(identifier, CancellationError()) }

  private func start() {
    guard !isRunning else { return }
    isRunning = true
    Task { await runBatches() }
  }

  private func runBatches() async {
    if batching.delay > .zero, queue.tokenCount < batching.tokenBudget { try? await Task.sleep(for: batching.delay) }
    while let batch = queue.takeBatch(tokenBudget: batching.tokenBudget) {
      run(batch)
      await Task.yield()  // lets callers in whose texts came meanwhile
    }
    isRunning = false
  }

  private func run(_ batch: DocumentQueue.Batch) {
    let start = ContinuousClock.now
    do {
      queue.finish(batch, logits: try classifier.logits(EncodedDocuments(batch.documents)), width: labels.count)
    } catch {
      queue.fail(batch, error)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    load.withLock { load in
      load.batches += 1
      load.documents += batch.documents.count
      load.tokens += batch.tokenCount
      load.seconds += seconds
    }
  }

  private struct Load {
    var waiting = 0
    var batches = 0
    var documents = 0
    var tokens = 0
    var seconds = 0.0
  }
}

extension SharedClassifier {
  /// How texts of different callers are put together.
  public struct Batching: Sendable, Equatable {
    /// Tokens of a batch, at most (a single longer text is a batch of its own).
    public var tokenBudget: Int
    /// How long the first text of an idle model waits for others.
    public var delay: Duration
    /// Texts that may wait at once; more are refused.
    public var queueLimit: Int

    /// Makes the rules.
    public init(tokenBudget: Int = 4096, delay: Duration = .zero, queueLimit: Int = 1024) {
      self.tokenBudget = tokenBudget
      self.delay = delay
      self.queueLimit = queueLimit
    }
  }

  /// The queue has no room for the texts; they were not classified.
  public struct Overloaded: Error, Sendable, Equatable {
    /// Texts that wait.
    public let waiting: Int
    /// Texts that may wait.
    public let limit: Int

    /// Makes the error.
    public init(waiting: Int, limit: Int) {
      self.waiting = waiting
      self.limit = limit
    }
  }

  /// What was done since the start.
  public struct Statistics: Sendable, Equatable {
    /// Texts that were admitted and have no answer yet.
    public let waiting: Int
    /// Batches.
    public let batches: Int
    /// Texts.
    public let documents: Int
    /// Tokens.
    public let tokens: Int
    /// Seconds in the model.
    public let seconds: Double
  }
}
