import ArgumentParser
import FarqArabicText
import FarqCore
import FarqInference
import FarqTokenizer
import Foundation

/// `farq preprocess`: AraBERT's cleaning and segmentation alone.
struct PreprocessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preprocess",
    abstract: "Clean and segment texts as AraBERT expects them.",
    discussion: """
      Reads a text a line, or a JSON object with `text` a line (by the ending .jsonl or with --lines jsonl), and writes \
      the same with the texts prepared; a JSON line's other members stay.

      Examples:
        farq preprocess --text "و/أو <b>خبر</b>!!!!"
        farq preprocess --input articles.jsonl --segmentation light > prepared.jsonl
        farq preprocess --preprocess arabert-v02-twitter --preprocess-skip strip_tashkeel < tweets.txt
      """)

  @Option(help: ArgumentHelp("The text; may be given several times.", valueName: "text"))
  var text: [String] = []

  @Option(help: ArgumentHelp("A file; - for standard input, the default.", valueName: "file"))
  var input: String?

  @Option(help: "text or jsonl: what a line is; by default what the file's name says.")
  var lines: RewriteStream.Form?

  @Option(help: ArgumentHelp("The member that holds a JSON line's text.", valueName: "name"))
  var textColumn = "text"

  @Option(help: ArgumentHelp("A model, for what it stores, its family and its vocabulary.", valueName: "folder"))
  var model: String?

  @OptionGroup(title: "Text") var preparation: TextOptions

  @Option(help: ArgumentHelp("Threads; 0 takes one a core.", valueName: "n"))
  var threads = 0

  func run() throws {
    guard text.isEmpty || input == nil else { throw FarqError(.usage, "give --text or --input, not both") }
    guard threads >= 0 else { throw FarqError(.usage, "--threads \(threads): use 1 or more, or 0 for one a core") }
    let preparer = try self.preparer()
    guard text.isEmpty else {
      for text in text { Console.write(try preparer.prepare(text)) }
      return
    }
    let file = input ?? "-"
    let form = lines ?? (file.hasSuffix(".jsonl") ? .jsonl : .text)
    let stream = RewriteStream(
      form: form, key: textColumn, threads: threads > 0 ? threads : nil, rewrite: preparer.prepare)
    let count =
      file == "-"
      ? try stream.run(descriptor: STDIN_FILENO, name: "standard input", output: .standardOutput)
      : try stream.run(input: URL(userPath: file), output: .standardOutput)
    Console.note("\(NumberText.grouped(count)) lines, \(preparer.preparation.summary)")
  }

  /// Without a model and without --preprocess, the cleaning of AraBERT v2.
  private func preparer() throws -> TextPreparer {
    var request = preparation.request
    guard let model else {
      request.preprocess = request.preprocess ?? "arabert"
      return try CheckpointPreparation.nothing.forTraining(request)
    }
    let folder = try CheckpointPath.resolve(model)
    let stored = try CheckpointPreparation(folder: folder, tokenizer: try? BERTTokenizer(folder: folder))
    if stored.stored == nil { request.preprocess = request.preprocess ?? "arabert" }
    return try stored.forPrediction(request)
  }
}
