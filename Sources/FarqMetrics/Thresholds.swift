import FarqCore

/// At which scores a curve is evaluated: TorchMetrics' `thresholds`.
public enum Thresholds: Sendable, Equatable {
  /// At every score that occurs: exact, and all scores are kept.
  case exact
  /// At so many, evenly from 0 to 1: constant memory.
  case count(Int)
  /// At given ones.
  case values([Float])

  /// The thresholds, where they do not depend on the data. Evenly spaced ones are rounded as `torch.linspace` does.
  ///
  /// - Throws: ``FarqError`` `usage` for fewer than 2, or for values outside 0...1.
  func fixed() throws -> [Float]? {
    switch self {
    case .exact: return nil
    case .count(let count):
      guard count >= 2 else {
        throw FarqError(.usage, "\(count) thresholds; give at least 2, or exact ones")
      }
      return Self.evenlySpaced(count)
    case .values(let values):
      guard !values.isEmpty, values.allSatisfy({ 0...1 ~= $0 }) else {
        throw FarqError(.usage, "thresholds are numbers from 0 to 1; give at least one")
      }
      return values
    }
  }

  /// `count` numbers from 0 to 1, as `torch.linspace(0, 1, count)` in single precision.
  static func evenlySpaced(_ count: Int) -> [Float] {
    let step = Double(Float(1) / Float(count - 1))
    return (0..<count).map { index in
      index < count / 2 ? Float(step * Double(index)) : Float(1 - step * Double(count - 1 - index))
    }
  }
}
