import ArgumentParser
import FarqExperiment
import FarqInference
import FarqModels
import FarqTokenizer
import Foundation

/// Which model a run begins with, and how it reads text.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A checkpoint folder in the Hugging Face layout, owner/name on the hub, or mini, the small encoder that comes with Farq: the default, "
        + "unless sizes of a new BERT are given.",
      valueName: "folder"))
  var model: String?

  @Option(
    help: "encoder (BERT and a head) or encoder-decoder (a decoder names the label); by default the checkpoint's own.")
  var architecture: FarqConfiguration.Architecture?

  @Option(help: ArgumentHelp("Layers of a BERT from scratch.", valueName: "n"))
  var layers: Int?

  @Option(help: ArgumentHelp("Heads of a BERT from scratch.", valueName: "n"))
  var heads: Int?

  @Option(help: ArgumentHelp("The size of a hidden state of a BERT from scratch.", valueName: "n"))
  var hiddenSize: Int?

  @Option(help: ArgumentHelp("The vocabulary of a BERT from scratch, at most.", valueName: "n"))
  var vocabularySize: Int?

  @Option(help: ArgumentHelp("Tokens of a document, at most; by default 512 or what the model has.", valueName: "n"))
  var maxLength: Int?

  @Option(help: "What becomes of longer documents: head, tail, head-tail or window.")
  var long = LongDocument.head

  @Option(help: "checkpoint (never_split tokens whole, as the slow tokenizer) or fast (as the fast tokenizer).")
  var tokenizerCompat = TokenizerCompatibility.checkpoint

  /// How large the model is.
  ///
  /// - Throws: ``FarqError`` where there is no checkpoint.
  func scale() throws -> ModelScale {
    guard case .checkpoint(let folder) = try origin() else { return .scratch }
    return ModelScale(try BERTCheckpoint(folder: folder).configuration)
  }

  /// Where models begin.
  func origin() throws -> ModelOrigin {
    if let model { return .checkpoint(try CheckpointPath.resolve(model)) }
    let sizes = [layers, heads, hiddenSize, vocabularySize]
    if sizes.allSatisfy({ $0 == nil }), let included = ModelFolder.included(ModelFolder.defaultName) {
      return .checkpoint(included)
    }
    var scratch = ScratchModel()
    scratch.layers = layers ?? scratch.layers
    scratch.heads = heads ?? scratch.heads
    scratch.hiddenSize = hiddenSize ?? scratch.hiddenSize
    scratch.vocabularySize = vocabularySize ?? scratch.vocabularySize
    return .scratch(scratch)
  }
}
