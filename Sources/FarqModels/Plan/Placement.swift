import FarqCore

/// Which layers of a stack become differential.
public enum Placement: Sendable, Equatable, CustomStringConvertible {
  /// The lowest layers (the notebook's choice).
  case first
  /// The highest layers.
  case last
  /// Evenly over the stack.
  case spread
  /// Every second layer from the bottom, then the others.
  case alternate
  /// These layers, in this order of preference.
  case list([Int])

  /// Reads `first`, `last`, `spread`, `alternate`, or a list as `0,3,7`.
  ///
  /// - Throws: ``FarqError`` `usage`.
  public init(_ word: String) throws {
    switch word {
    case "first": self = .first
    case "last": self = .last
    case "spread": self = .spread
    case "alternate": self = .alternate
    default:
      let layers = word.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard !layers.contains(nil), Set(layers).count == layers.count else {
        throw FarqError(
          .usage, "placement '\(word)' is unknown: use first, last, spread, alternate, or different layers as 0,3,7")
      }
      self = .list(layers.compactMap { $0 })
    }
  }

  /// The word that ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .first: "first"
    case .last: "last"
    case .spread: "spread"
    case .alternate: "alternate"
    case .list(let layers): layers.map(String.init).joined(separator: ",")
    }
  }

  /// The `count` layers chosen out of `total`, ascending.
  ///
  /// - Throws: ``FarqError`` `usage` where a list is too short or names a layer that is not there.
  public func layers(_ count: Int, of total: Int) throws -> [Int] {
    switch self {
    case .first: return Array(0..<count)
    case .last: return Array((total - count)..<total)
    case .spread: return (0..<count).map { (2 * $0 + 1) * total / (2 * count) }
    case .alternate:
      let order = Array(stride(from: 0, to: total, by: 2)) + Array(stride(from: 1, to: total, by: 2))
      return order.prefix(count).sorted()
    case .list(let layers):
      guard layers.allSatisfy({ (0..<total).contains($0) }) else {
        throw FarqError(
          .usage, "placement \(self) names a layer that is not there: the model has layers 0 to \(total - 1)")
      }
      guard layers.count >= count else {
        throw FarqError(
          .usage, "placement \(self) names \(layers.count) layers, the ratio asks for \(count): name more")
      }
      return layers.prefix(count).sorted()
    }
  }
}
