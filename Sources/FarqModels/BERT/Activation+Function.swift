import FarqTorch

extension BERTConfiguration.Activation {
  /// Any shape → the same shape, element by element.
  func callAsFunction(_ x: Tensor) throws -> Tensor {
    switch self {
    case .gelu: try x.gelu()
    case .geluNew: try x.gelu(tanhForm: true)
    case .relu: try x.relu()
    }
  }
}
