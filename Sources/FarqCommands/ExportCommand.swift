import ArgumentParser
import FarqArabicText
import FarqCore
import FarqExport
import FarqInference
import FarqTorch
import Foundation

/// `farq export`: a checkpoint for other runtimes.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a checkpoint for other runtimes: ONNX, or a folder for text-embeddings-inference.",
    discussion: """
      onnx writes model.onnx for a baseline or a hybrid: inputs input_ids, attention_mask and token_type_ids, output \
      logits, any batch and length. tei writes a baseline as text-embeddings-inference loads it.

      Example:
        farq export --model runs/demo/checkpoints/diff-50 --format onnx --output diff-50-onnx
      """)

  @Option(help: ArgumentHelp("A checkpoint folder with a classification head.", valueName: "folder"))
  var model: String

  @Option(help: "onnx or tei.")
  var format = ModelExport.Format.onnx

  @Option(help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output: String

  func run() throws {
    try Torch.prepareProcess()
    let source = try CheckpointPath.resolve(model)
    let export = try ModelExport(folder: source)
    let preparation = try CheckpointPreparation(export.configuration, folder: source, tokenizer: nil).stored
    let files = try export.write(format, to: URL(userPath: output))
    if let preparation, !preparation.isNone {
      Console.note("note: texts need `farq preprocess --model \(model)` first: \(preparation.summary)")
    }
    if !export.tokensKeptWhole.isEmpty {
      Console.note(
        "note: tokenizer.json splits \(export.tokensKeptWhole.count) tokens that Farq keeps whole (never_split); take "
          + "ids from `farq tokenize --model \(model)` where they occur")
    }
    Console.write("Export: \(files.map(\.path).joined(separator: ", "))")
  }
}
