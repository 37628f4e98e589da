import ArgumentParser
import FarqArabicText
import FarqCore
import FarqDatasets
import FarqInference
import FarqTokenizer
import Foundation

/// `farq bench-text`: how fast this machine tokenizes and cleans, without reading and writing.
struct BenchTextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-text",
    abstract: "Measure how fast this machine tokenizes or cleans text, without reading and writing.",
    discussion: """
      Goes through the texts in memory on all threads. `Benchmarks/run.sh` compares with the peers.

      Examples:
        farq bench-text --task tokenize --model bert-base-arabertv2 --input articles.jsonl
        farq bench-text --task preprocess --input articles.jsonl --segmentation light
      """)

  @Option(help: "tokenize or preprocess.")
  var task = Task.tokenize

  @Option(help: ArgumentHelp("A data set or a file of JSON lines.", valueName: "path"))
  var input: String

  @Option(help: ArgumentHelp("A folder with a tokenizer.", valueName: "folder"))
  var model: String?

  @Option(help: ArgumentHelp("Tokens of a document, at most; by default all.", valueName: "n"))
  var maxLength: Int?

  @OptionGroup(title: "Text") var preparation: TextOptions

  @Option(help: ArgumentHelp("How often the texts are gone through, after once to warm up.", valueName: "n"))
  var rounds = 5

  @Option(help: ArgumentHelp("Threads; 0 takes one a core.", valueName: "n"))
  var threads = 0

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  /// What is measured.
  enum Task: String, ExpressibleByArgument, CaseIterable, Encodable {
    /// Text to token ids.
    case tokenize
    /// Cleaning and segmentation.
    case preprocess
  }

  /// What was measured.
  private struct Rates: Encodable {
    let task: Task
    /// 10⁶ bytes of UTF-8 text.
    let megabytes: Double
    let documents: Int
    /// A number a round.
    let megabytesPerSecond: [Double]
  }

  func run() throws {
    guard rounds > 0, threads >= 0 else { throw FarqError(.usage, "--rounds and --threads: use 1 or more") }
    let work = try self.work()
    var texts: [[UInt8]] = []
    _ = try DocumentReader(url: URL(userPath: input), options: LoadOptions(requireLabels: false, ignoresLabels: true))
      .forEach {
        texts.append(Array($0.text.utf8))
      }
    let workers = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    let bench = ParallelBench(texts: texts, workers: workers, work: work)
    _ = try bench.seconds()
    let megabytes = Double(texts.reduce(0) { $0 + $1.count }) / 1e6
    try print(
      Rates(
        task: task, megabytes: megabytes, documents: texts.count,
        megabytesPerSecond: try (0..<rounds).map { _ in megabytes / (try bench.seconds()) }))
  }

  /// What is done to each text; any number that depends on the result, so that it cannot be left out.
  private func work() throws -> @Sendable ([UInt8]) throws -> Int {
    switch task {
    case .tokenize:
      guard let model else { throw FarqError(.usage, "--task tokenize needs --model, a folder with a tokenizer") }
      let tokenizer = try BERTTokenizer(folder: CheckpointPath.resolve(model))
      let length = maxLength
      return { text in text.withUnsafeBufferPointer { tokenizer.encode(utf8: $0, maximumLength: length).count } }
    case .preprocess:
      var request = preparation.request
      request.preprocess = request.preprocess ?? "arabert"
      let preparer = try CheckpointPreparation.nothing.forTraining(request)
      return { try preparer.prepare(String(decoding: $0, as: UTF8.self)).utf8.count }
    }
  }

  private func print(_ rates: Rates) throws {
    guard format == .text else { return try JSONOutput.write(rates, isLine: format == .jsonl) }
    let sorted = rates.megabytesPerSecond.sorted()
    let numbers = [sorted[sorted.count / 2], sorted[0], sorted[sorted.count - 1]].map { NumberText.fixed($0, 1) }
    Console.write(
      "\(task.rawValue): \(numbers[0]) MB/s (min \(numbers[1]), max \(numbers[2])) of \(NumberText.fixed(rates.megabytes, 1)) MB"
    )
  }
}
