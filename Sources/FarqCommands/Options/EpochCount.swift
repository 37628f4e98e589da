import ArgumentParser

/// `--epochs`: a number, or `auto`.
enum EpochCount: ExpressibleByArgument, Equatable {
  /// As many as the data needs, and an early stop.
  case auto
  /// So many.
  case count(Int)

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let count = Int(argument) {
      self = .count(count)
    } else {
      return nil
    }
  }

  /// The number; nil for `auto`.
  var number: Int? {
    if case .count(let count) = self { count } else { nil }
  }
}
