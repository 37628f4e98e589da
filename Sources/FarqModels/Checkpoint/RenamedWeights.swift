import FarqTorch

/// The tensors of another source under other names; one tensor may have several.
struct RenamedWeights: WeightSource {
  private let source: any WeightSource
  /// The source's name of each name here.
  private let originals: [String: String]

  /// - Parameter rename: the new names of a tensor, none to leave it out.
  init(_ source: any WeightSource, rename: (String) -> [String]) {
    self.source = source
    originals = Dictionary(
      source.names.flatMap { original in rename(original).map { ($0, original) } },
      uniquingKeysWith: { first, _ in first })
  }

  var names: Set<String> { Set(originals.keys) }

  func shape(of name: String) -> [Int]? {
    originals[name].flatMap(source.shape)
  }

  func tensor(_ name: String) throws -> Tensor? {
    try originals[name].flatMap { try source.tensor($0) }
  }
}
