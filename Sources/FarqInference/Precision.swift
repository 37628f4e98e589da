import FarqCore
public import FarqTorch

/// The precision of matrix products; weights, sums and norms stay in fp32. Raw values are the words of `--precision`.
public enum Precision: String, Sendable, Codable, CaseIterable {
  /// bf16 where the device multiplies it faster than fp32, else fp32.
  case auto
  /// Single precision.
  case fp32
  /// bfloat16 with fp32 weights.
  case bf16
  /// IEEE half with fp32 weights; for devices without bfloat16.
  case fp16
  /// 8 bits, each row of weights and each token with its scale; for prediction on the processor.
  case int8

  /// The factor on the loss that this precision needs in training: half precision off the processor.
  public func lossScale(on device: Device) throws -> LossScale? {
    self == .fp16 && !device.isCPU ? try LossScale(on: device) : nil
  }

  /// The type of products on `device`.
  public func dtype(on device: Device) -> DType {
    switch self {
    case .auto: device.isCPU && !Torch.hasFastBFloat16 ? .float32 : .bfloat16
    case .fp32: .float32
    case .bf16: .bfloat16
    case .fp16: .float16
    case .int8: .int8
    }
  }
}
