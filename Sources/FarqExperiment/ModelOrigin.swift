public import Foundation

/// Where the models of a run begin.
public enum ModelOrigin: Sendable, Equatable, Codable {
  /// A checkpoint folder.
  case checkpoint(URL)
  /// A new BERT, drawn from the seed, its vocabulary learnt from the training texts.
  case scratch(ScratchModel)
}
