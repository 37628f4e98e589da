public import FarqTorch

/// Keeps the attention maps of a forward pass, layer by layer, for looking at them.
public final class AttentionRecorder {
  /// The maps of one group of heads.
  public struct Maps {
    /// The layer, from 0.
    public let layer: Int
    /// softmax(q kᵀ·scale), or its first map, [B, heads, N, N].
    public let first: Tensor
    /// The second map of differential heads, [B, heads, N, N].
    public let second: Tensor?
    /// λ of differential heads: [1, heads, 1, 1], or [B, heads, N, 1] for one a token and head.
    public let lambda: Tensor?
    /// What weighs the values: `first`, or first − λ · second, [B, heads, N, N].
    public let combined: Tensor
  }

  /// The maps, in the order of the layers; a layer of mixed heads has two groups, the differential one first.
  public private(set) var maps: [Maps] = []
  /// The layer that runs now.
  var layer = 0
  private let wanted: Int?

  /// Makes an empty recorder.
  ///
  /// - Parameter layer: the only layer whose maps are kept; nil keeps those of all.
  public init(layer: Int? = nil) {
    wanted = layer
  }

  func record(first: Tensor, second: Tensor? = nil, lambda: Tensor? = nil, combined: Tensor) {
    guard wanted == nil || wanted == layer else { return }
    maps.append(Maps(layer: layer, first: first, second: second, lambda: lambda, combined: combined))
  }
}
