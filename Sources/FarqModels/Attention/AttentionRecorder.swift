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
    /// What weighs the values: `first`, or first − λ · second, [B, heads, N, N].
    public let combined: Tensor
  }

  /// The maps, in the order of the layers; a layer of mixed heads has two groups, the differential one first.
  public private(set) var maps: [Maps] = []
  /// The layer that runs now.
  var layer = 0

  /// Makes an empty recorder.
  public init() {}

  func record(first: Tensor, second: Tensor?, combined: Tensor) {
    maps.append(Maps(layer: layer, first: first, second: second, combined: combined))
  }
}
