import CTorch

/// The factor on the loss that keeps gradients within the range of IEEE half precision: `torch.amp.GradScaler`'s rule
/// (Micikevicius et al. 2018, section 3.2). An update whose gradients are not finite is left out and halves the factor; 2,000
/// in a row that are double it. All of it stays on the device.
public final class LossScale {
  private let scale: Tensor
  private let tracker: Tensor
  /// 1 where the gradients of the coming update are not finite.
  let foundInfinite: Tensor
  private static let growth = 2.0
  private static let backoff = 0.5
  private let interval: Int

  /// Makes a factor that begins with `initial` and grows after `interval` updates.
  public init(on device: Device, initial: Double = 65_536, interval: Int = 2000) throws {
    scale = try .full([], initial, on: device)
    tracker = try .full([], 0, dtype: .int32, on: device)
    foundInfinite = try .full([], 0, on: device)
    self.interval = interval
  }

  /// The loss that `backward` is to begin with.
  public func callAsFunction(_ loss: Tensor) throws -> Tensor { try loss * scale }

  /// The factor; waits for the device.
  public func value() throws -> Double { try scale.scalar() }

  func unscale(_ parameters: [OpaquePointer?]) throws {
    try TorchCall.check(
      ctorch_unscale_gradients(parameters, Int32(parameters.count), scale.handle, foundInfinite.handle))
  }

  func update() throws {
    try TorchCall.check(
      ctorch_update_scale(
        scale.handle, tracker.handle, foundInfinite.handle, Self.growth, Self.backoff, Int64(interval)))
  }

  /// What a training state keeps.
  var stateTensors: [String: Tensor] { ["loss_scale": scale, "loss_scale_tracker": tracker] }

  func restore(from source: any WeightSource) throws {
    for (name, tensor) in stateTensors {
      if let saved = try source.tensor(name), saved.shape == [] { try tensor.assign(saved) }
    }
  }
}
