import ArgumentParser
import FarqCore
import FarqExperiment
import FarqModels
import Foundation

/// `farq bench`: how fast this machine trains and predicts.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast this machine trains a model and predicts with it.",
    discussion: """
      Takes the sizes of a checkpoint, or BERT-base with 64,000 words, random weights and random tokens. `make bench` \
      compares with Hugging Face's transformers.

      Examples:
        farq bench --lengths 512x16
        farq bench --task prediction --model my-model --lengths 512x8,128x32 --format json
      """)

  @Option(help: "training or prediction.")
  var task = SpeedBenchmark.Task.training

  @Option(help: ArgumentHelp("A checkpoint folder whose sizes are taken.", valueName: "folder"))
  var model: String?

  @Option(help: ArgumentHelp("Tokens of each document: numbers, or numbers times how many.", valueName: "512x8,30"))
  var lengths = "512x16"

  @Option(help: ArgumentHelp("Documents of one batch.", valueName: "n"))
  var batchSize = 8

  @Option(help: ArgumentHelp("Layers of the model; by default its own.", valueName: "n"))
  var layers: Int?

  @Option(help: ArgumentHelp("Dropout everywhere; by default the model's own.", valueName: "p"))
  var dropout: Double?

  @Option(help: ArgumentHelp("Dropout of attention maps alone.", valueName: "p"))
  var attentionDropout: Double?

  @Option(help: "standard, diff, diff-v2, dex or notebook, for --ratio of the layers.")
  var attention = AttentionVariant.standard

  @Option(help: ArgumentHelp("The share of layers that --attention replaces.", valueName: "ratio"))
  var ratio = 0.5

  @OptionGroup(title: "Device") var device: DeviceOptions

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    guard batchSize > 0, layers ?? 1 > 0 else { throw FarqError(.usage, "--batch-size and --layers must be 1 or more") }
    for value in [dropout, attentionDropout].compactMap({ $0 }) where !(0..<1).contains(value) {
      throw FarqError(.usage, "dropout \(value): use a share from 0 to below 1")
    }
    let place = try device.prepare()
    var benchmark = SpeedBenchmark()
    benchmark.task = task
    benchmark.folder = try model.map { try CheckpointPath.resolve($0) }
    benchmark.lengths = try Self.lengths(lengths)
    (benchmark.batchSize, benchmark.layers) = (batchSize, layers)
    (benchmark.hiddenDropout, benchmark.attentionDropout) = (dropout, attentionDropout ?? dropout)
    benchmark.precision = device.precision
    if attention != .standard { benchmark.attention = AttentionRequest(variant: attention, ratio: ratio) }
    let measured = try benchmark(on: place)
    switch format {
    case .text: Console.write(text(measured))
    case .json, .jsonl: try JSONOutput.write(measured, isLine: format == .jsonl)
    }
  }

  /// `512x8,30` is eight documents of 512 tokens and one of 30.
  static func lengths(_ words: String) throws -> [Int] {
    try words.split(separator: ",").flatMap { word -> [Int] in
      let parts = word.split(separator: "x").map { Int($0) ?? 0 }
      guard (1...2).contains(parts.count), parts.allSatisfy({ $0 > 0 && $0 <= 1_000_000 }) else {
        throw FarqError(.usage, "--lengths '\(words)': use numbers of tokens as 512,30, or 512x8 for eight of 512")
      }
      return Array(repeating: parts[0], count: parts.count == 2 ? parts[1] : 1)
    }
  }

  private func text(_ measured: SpeedMeasurement) -> String {
    let spread = measured.seconds.map { NumberText.fixed($0, 3) }.joined(separator: " ")
    return """
      \(measured.task)       \(NumberText.fixed(measured.documentsPerSecond, 2)) documents/s, \(NumberText.fixed(measured.tokensPerSecond, 0)) tokens/s
      seconds        \(spread)
      parameters     \(NumberText.grouped(measured.parameters))
      peak memory    \(NumberText.grouped(measured.peakMemoryBytes / 1_000_000)) MB
      precision      \(measured.precision), \(measured.threads) threads
      """
  }
}
