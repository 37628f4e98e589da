import CTorch

extension Tensor {
  /// x Wᵀ + b, with W [out, in].
  public func linear(_ weight: Tensor, bias: Tensor?) throws -> Tensor {
    try TorchCall.tensor { ctorch_linear(handle, weight.handle, bias?.handle, $0) }
  }

  /// Rows of `weight` [words, D] for ids of any shape; the row `padding` gets no gradient (-1: none is left out).
  ///
  /// - Parameter sparse: the gradient holds the touched rows alone; on the processor.
  public static func embedding(
    _ ids: Tensor, weight: Tensor, padding: Int = -1, sparse: Bool = false
  ) throws -> Tensor {
    try TorchCall.tensor {
      sparse
        ? ctorch_sparse_embedding(weight.handle, ids.handle, Int64(padding), $0)
        : ctorch_embedding(weight.handle, ids.handle, Int64(padding), $0)
    }
  }

  /// Layer normalisation over the last dimension.
  public func layerNorm(weight: Tensor, bias: Tensor, epsilon: Double) throws -> Tensor {
    try TorchCall.tensor { ctorch_layer_norm(handle, weight.handle, bias.handle, epsilon, $0) }
  }

  /// Root-mean-square normalisation over the last dimension.
  public func rmsNorm(weight: Tensor, epsilon: Double) throws -> Tensor {
    try TorchCall.tensor { ctorch_rms_norm(handle, weight.handle, epsilon, $0) }
  }

  /// Zeroes elements with `probability` and scales the others by 1 / (1 - probability).
  public func dropout(_ probability: Double) throws -> Tensor {
    try TorchCall.tensor { ctorch_dropout(handle, probability, $0) }
  }

  /// GELU (Hendrycks and Gimpel 2016), by the error function or by tanh.
  public func gelu(tanhForm: Bool = false) throws -> Tensor {
    try TorchCall.tensor { ctorch_gelu(handle, tanhForm, $0) }
  }

  /// max(x, 0), element by element.
  public func relu() throws -> Tensor {
    try TorchCall.tensor { ctorch_relu(handle, $0) }
  }

  /// softmax(q kᵀ · scale) v over [batch, heads, tokens, size]; `mask` is true where a query sees a key.
  public static func scaledDotProductAttention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor?, dropout: Double, scale: Double
  ) throws -> Tensor {
    try TorchCall.tensor {
      ctorch_scaled_dot_product_attention(
        query.handle, key.handle, value.handle, mask?.handle, dropout, scale, $0)
    }
  }

  /// softmax(q₁ k₁ᵀ · scale) v and softmax(q₂ k₂ᵀ · scale) v by libtorch's fused attention, no map stored where the device
  /// has kernels for it; dropout takes the same places from both maps.
  ///
  /// q, k [batch, heads, tokens, m], v [batch, heads, tokens, w] → [batch, heads, tokens, w] each
  public static func pairedAttention(
    queries: (Tensor, Tensor), keys: (Tensor, Tensor), value: Tensor, mask: Tensor?, dropout: Double, scale: Double
  ) throws -> (first: Tensor, second: Tensor) {
    var second: OpaquePointer?
    let first = try TorchCall.tensor {
      ctorch_paired_attention(
        [queries.0.handle, queries.1.handle], [keys.0.handle, keys.1.handle], value.handle, mask?.handle, dropout,
        scale,
        $0, &second)
    }
    return (first, Tensor(taking: try TorchCall.owned(second)))
  }

  /// Mean cross-entropy of logits [rows, classes] and targets [rows] (int64), as `torch.nn.CrossEntropyLoss`.
  public func crossEntropy(
    _ targets: Tensor, classWeights: Tensor? = nil, labelSmoothing: Double = 0, ignoring ignored: Int = -100
  ) throws -> Tensor {
    try TorchCall.tensor {
      ctorch_cross_entropy(handle, targets.handle, classWeights?.handle, labelSmoothing, Int64(ignored), $0)
    }
  }
}
