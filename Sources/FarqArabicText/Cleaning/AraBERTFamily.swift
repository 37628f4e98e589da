/// The families of models that AraBERT's preprocessor tells apart.
public enum AraBERTFamily: String, Codable, CaseIterable, Sendable {
  /// AraBERT v1 (`bert-base-arabert`): first generation, pre-segmented.
  case v1
  /// AraBERT v0.1 (`bert-base-arabertv01`): first generation.
  case v01
  /// AraBERT v2 (`bert-base-arabertv2`, `bert-large-arabertv2`): second generation, pre-segmented.
  case v2
  /// AraBERT v0.2 (`bert-base-arabertv02`, `bert-large-arabertv02`): second generation.
  case v02
  /// AraBERT v0.2 for tweets (`bert-base-arabertv02-twitter`, …): second generation, emoji kept.
  case v02Twitter = "v02-twitter"
  /// AraELECTRA (`araelectra-base`, `-discriminator`, `-generator`, `-artydiqa`): second generation.
  case araelectra
  /// AraGPT2 (`aragpt2-base`, `-medium`, `-large`, `-mega`): second generation.
  case aragpt2

  /// The family of a model by its name, with or without the account that publishes it
  /// (`aubmindlab/bert-base-arabertv2`); nil for names that the package `arabert` does not know either (it then
  /// warns and takes v0.2).
  public init?(modelName: String) {
    let name = modelName.split(separator: "/").last ?? ""
    switch name {
    case "bert-base-arabert": self = .v1
    case "bert-base-arabertv01": self = .v01
    case "bert-base-arabertv2", "bert-large-arabertv2": self = .v2
    case "bert-base-arabertv02", "bert-large-arabertv02": self = .v02
    case "bert-base-arabertv02-twitter", "bert-large-arabertv02-twitter": self = .v02Twitter
    case "araelectra-base", "araelectra-base-discriminator", "araelectra-base-generator",
      "araelectra-base-artydiqa":
      self = .araelectra
    case "aragpt2-base", "aragpt2-medium", "aragpt2-large", "aragpt2-mega": self = .aragpt2
    default: return nil
    }
  }

  /// Whether the models of the family were pretrained on text that Farasa had segmented.
  public var isSegmented: Bool { self == .v1 || self == .v2 }

  /// Whether the family uses the steps of the first generation.
  var isFirstGeneration: Bool { self == .v1 || self == .v01 }
}
