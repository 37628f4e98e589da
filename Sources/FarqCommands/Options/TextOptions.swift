import ArgumentParser
import FarqArabicText
import FarqCore
import Foundation

/// What texts go through before the tokenizer.
struct TextOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "none, arabert (AraBERT's cleaning; the family by the model's name) or arabert-v2, -v02, -v02-twitter, -v1, -v01.",
      discussion: "A checkpoint stores it; it is applied again at prediction without being named.",
      valueName: "steps"))
  var preprocess: String?

  @Option(help: ArgumentHelp("Steps of the cleaning to switch off, as strip_tashkeel.", valueName: "list"))
  var preprocessSkip: String?

  @Option(help: ArgumentHelp("Steps of the cleaning to switch on, as keep_emojis.", valueName: "list"))
  var preprocessAdd: String?

  @Option(
    help: "none, light (Farq's rules), farasa (your Farasa, see --farasa-jar) or presegmented: how words are cut.")
  var segmentation: Segmentation?

  @Option(help: ArgumentHelp("FarasaSegmenterJar.jar; Java has to be on the path.", valueName: "file"))
  var farasaJar: String?

  @Option(help: ArgumentHelp("Seconds that Farasa may take for an answer.", valueName: "seconds"))
  var farasaTimeout = 60.0

  /// What is asked for.
  var request: PreparationRequest {
    var request = PreparationRequest()
    request.preprocess = preprocess
    request.without = Self.list(preprocessSkip)
    request.with = Self.list(preprocessAdd)
    request.segmentation = segmentation
    request.farasa = farasaJar.map { FarasaOptions(jar: URL(userPath: $0), timeout: farasaTimeout) }
    return request
  }

  private static func list(_ words: String?) -> [String] {
    (words ?? "").split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
  }
}
