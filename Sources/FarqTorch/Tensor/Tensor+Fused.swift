import CTorch

/// Operators of the processor that do several steps in one pass; the same formulae as their plain parts.
extension Tensor {
  /// Attention within each document of packed rows, without storing a map.
  ///
  /// - Parameters:
  ///   - query: [T, heads · maps · mapSize], maps = 2 with `lambda`, else 1
  ///   - key: [T, heads · maps · mapSize], or [T, heads · mapSize] where keys are shared
  ///   - value: [T, heads · valueSize]
  ///   - lambda: [T or 1, heads]: (softmax₁ − λ · softmax₂) v; nil: softmax v
  ///   - queryOffsets: where documents begin in the query's rows, and their end
  ///   - keyOffsets: the same for key and value
  /// - Returns: [T, heads · valueSize]
  public static func fusedAttention(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, lambda: Tensor?, queryOffsets: [Int], keyOffsets: [Int],
    _ options: FusedAttentionOptions
  ) throws -> Tensor {
    var raw = ctorch_attention_options(
      heads: Int64(options.heads), map_size: Int64(options.mapSize), value_size: Int64(options.valueSize),
      shared_keys: options.sharesKeys, causal: options.isCausal, scale: options.scale, dropout: options.dropout,
      seed: options.dropout > 0 ? try Torch.randomBits() : 0)
    return try TorchCall.tensor {
      ctorch_fused_attention(
        query.handle, key.handle, value.handle, lambda?.handle, sizes(queryOffsets), sizes(keyOffsets),
        Int64(queryOffsets.count - 1), &raw, $0)
    }
  }

  /// GELU(this + bias), [rows, size] → [rows, size].
  func fusedGELU(bias: Tensor, _ form: GELUForm) throws -> Tensor {
    try TorchCall.tensor { ctorch_fused_bias_gelu(handle, bias.handle, form == .tanh, $0) }
  }

  /// LayerNorm(residual + dropout(this + shift)), [rows, size] → [rows, size].
  func fusedResidualNorm(
    _ residual: Tensor, shift: Tensor?, weight: Tensor, bias: Tensor, epsilon: Double, dropout: Double
  ) throws -> Tensor {
    let seed = dropout > 0 ? try Torch.randomBits() : 0
    return try TorchCall.tensor {
      ctorch_fused_dropout_residual_layer_norm(
        handle, shift?.handle, residual.handle, weight.handle, bias.handle, epsilon, dropout, seed, $0)
    }
  }
}
