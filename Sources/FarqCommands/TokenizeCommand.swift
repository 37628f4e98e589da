import ArgumentParser
import FarqArabicText
import FarqCore
import FarqInference
import FarqTokenizer
import Foundation

/// `farq tokenize`: token ids of texts.
struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Turn texts into token ids.",
    discussion: """
      Reads a JSON object with `text` a line and writes {"input_ids": […], "attention_mask": […]} a line, in order.

      Example:
        farq tokenize --model bert-base-arabertv2 --input articles.jsonl --max-length 512 > ids.jsonl
      """)

  @Option(
    help: ArgumentHelp("A folder with tokenizer.json, or vocab.txt and tokenizer_config.json.", valueName: "folder"))
  var model: String

  @Option(help: ArgumentHelp("A file with a JSON object a line; - for standard input.", valueName: "file"))
  var input: String

  @Option(help: ArgumentHelp("Tokens of a document, at most, [CLS] and [SEP] included.", valueName: "n"))
  var maxLength = 512

  @Option(help: "checkpoint (never_split tokens whole, as the slow tokenizer) or fast (as the fast tokenizer).")
  var tokenizerCompat = TokenizerCompatibility.checkpoint

  @OptionGroup(title: "Text") var preparation: TextOptions

  @Option(help: ArgumentHelp("Threads; 0 takes one a core.", valueName: "n"))
  var threads = 0

  @Option(help: "jsonl; the only form that a line a document has.")
  var format = OutputFormat.jsonl

  func run() throws {
    guard maxLength >= 2 else { throw FarqError(.usage, "--max-length \(maxLength): use 2 or more") }
    let folder = try CheckpointPath.resolve(model)
    let tokenizer = try BERTTokenizer(folder: folder, compatibility: tokenizerCompat)
    let preparer = try CheckpointPreparation(folder: folder, tokenizer: tokenizer)
      .forPrediction(preparation.request)
    let stream = TokenizeStream(
      tokenizer: tokenizer, maximumLength: maxLength, threads: threads > 0 ? threads : nil,
      prepare: preparer.preparation.isNone ? nil : preparer.prepare)
    let summary =
      input == "-"
      ? try stream.run(descriptor: STDIN_FILENO, name: "standard input", output: .standardOutput)
      : try stream.run(input: URL(userPath: input), output: .standardOutput)
    let cut = 100 * Double(summary.cutDocuments) / Double(max(1, summary.documents))
    Console.note(
      "\(NumberText.grouped(summary.documents)) documents, \(NumberText.grouped(summary.tokens)) tokens, "
        + "\(NumberText.fixed(cut, 1)) % cut at \(maxLength)")
  }
}
