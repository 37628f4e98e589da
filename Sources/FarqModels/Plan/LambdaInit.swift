import Foundation

/// λ_init of a layer: the paper's function of depth, or one number for all.
public enum LambdaInit: Sendable, Equatable, Codable, CustomStringConvertible {
  /// 0.8 − 0.6·exp(−0.3·l), l counted from 0 (Ye et al. 2024, equation 2 and section 2.1).
  case depth
  /// The same for every layer.
  case constant(Double)

  /// λ_init of layer `layer`, counted from 0.
  public func value(atLayer layer: Int) -> Double {
    switch self {
    case .depth: 0.8 - 0.6 * exp(-0.3 * Double(layer))
    case .constant(let value): value
    }
  }

  /// `depth`, or the number.
  public var description: String {
    switch self {
    case .depth: "depth"
    case .constant(let value): String(value)
    }
  }

  /// Decodes `"depth"` or a number.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .constant(value)
    } else if try container.decode(String.self) == "depth" {
      self = .depth
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "lambda_init is neither depth nor a number")
    }
  }

  /// Encodes `"depth"` or a number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .depth: try container.encode("depth")
    case .constant(let value): try container.encode(value)
    }
  }
}
