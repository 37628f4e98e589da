import CTorch
import FarqCore

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), equal to `torch.optim.AdamW`.
///
/// On the processor one pass over memory does clipping and update, and gradients may be sparse.
public final class AdamW {
  private final class State {
    let group: ParameterGroup
    let first: [Tensor]
    let second: [Tensor]
    /// Steps done, on the processor.
    var counts: [Int64]
    /// Steps done, where libtorch's own update counts them.
    let steps: [Tensor]

    init(_ group: ParameterGroup, isFused: Bool) throws {
      self.group = group
      first = try group.parameters.map(AdamW.zeros)
      second = try group.parameters.map(AdamW.zeros)
      counts = Array(repeating: 0, count: group.parameters.count)
      steps = isFused ? [] : try group.parameters.map { try Tensor.zeros([], on: Device(of: $0)) }
    }
  }

  /// The groups whose moments this process holds: all of them, or its shard.
  private let states: [State]
  private let groups: [ParameterGroup]
  private let shard: OptimizerShard?
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let isFused: Bool
  private let lossScale: LossScale?
  /// The factor on all gradients in the coming step.
  private var gradientScale = 1.0

  /// Makes an optimizer whose moments are zero.
  ///
  /// - Parameters:
  ///   - lossScale: the factor that the loss has where gradients are in half precision.
  ///   - group: processes that share the moments: each holds those of its share of the parameters, updates these, and sends
  ///     them to the others (ZeRO, stage 1: Rajbhandari et al. 2020); nil holds all.
  public init(
    _ groups: [ParameterGroup], beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    lossScale: LossScale? = nil, shardedOver group: ProcessGroup? = nil
  ) throws {
    self.lossScale = lossScale
    self.groups = groups
    let shard = group.map { OptimizerShard(groups, group: $0) }
    self.shard = shard
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    let isFused =
      lossScale == nil && groups.allSatisfy { $0.parameters.allSatisfy { $0.isOnProcessor && $0.dtype == .float32 } }
    self.isFused = isFused
    states = try (shard?.own ?? groups).map { try State($0, isFused: isFused) }
  }

  /// Whether the loss has a factor, with which updates that are not finite are left out.
  public var scalesLoss: Bool { lossScale != nil }

  /// The loss to begin `backward` with: with the factor where there is one.
  public func scaled(_ loss: Tensor) throws -> Tensor { try lossScale.map { try $0(loss) } ?? loss }

  /// One update from the gradients that the parameters hold; a parameter without one stays.
  public func step(learningRate: Double) throws {
    for state in states where !state.group.parameters.isEmpty {
      let rate = learningRate * state.group.learningRateFactor
      try isFused ? stepFused(state, rate) : stepPlain(state, rate)
    }
    gradientScale = 1
    try shard?.send()
    try lossScale?.update()
  }

  private func stepFused(_ state: State, _ rate: Double) throws {
    try TorchCall.check(
      ctorch_fused_adamw_step(
        handles(state.group.parameters), handles(state.first), handles(state.second), &state.counts,
        Int32(state.counts.count), rate, beta1, beta2, epsilon, state.group.weightDecay, gradientScale))
  }

  private func stepPlain(_ state: State, _ rate: Double) throws {
    try TorchCall.check(
      ctorch_adamw_step(
        handles(state.group.parameters), handles(state.first), handles(state.second), handles(state.steps),
        Int32(state.steps.count), rate, beta1, beta2, epsilon, state.group.weightDecay,
        lossScale?.foundInfinite.handle))
  }

  /// Forgets all gradients.
  public func clearGradients() throws {
    gradientScale = 1
    for group in groups {
      try TorchCall.check(ctorch_clear_gradients(handles(group.parameters), Int32(group.parameters.count)))
    }
  }

  /// Has the coming step scale all gradients down so that their common 2-norm is at most `maximum` (0: not at all).
  ///
  /// A factor on the loss is taken out of them first.
  /// - Returns: the norm before.
  public func clipGradients(to maximum: Double) throws -> DeferredNumber {
    let parameters = handles(groups.flatMap(\.parameters))
    guard isFused else {
      try lossScale?.unscale(parameters)
      return try DeferredNumber(
        TorchCall.tensor { ctorch_clip_gradients(parameters, Int32(parameters.count), maximum, $0) })
    }
    var norm = 0.0
    try TorchCall.check(ctorch_fused_gradient_norm(parameters, Int32(parameters.count), &norm))
    gradientScale = maximum > 0 ? min(1, maximum / (norm + 1e-6)) : 1
    return .known(norm)
  }

  private static func zeros(like parameter: Tensor) throws -> Tensor {
    try .zeros(parameter.shape, dtype: parameter.dtype, on: Device(of: parameter))
  }

  private func handles(_ tensors: [Tensor]) -> [OpaquePointer?] {
    tensors.map { Optional($0.handle) }
  }
}

extension AdamW {
  /// The moments and step counts by name, for a training checkpoint. Where processes share them, all must ask, and all are
  /// given all.
  public var stateTensors: [String: Tensor] {
    get throws {
      var all = lossScale?.stateTensors ?? [:]
      for state in states {
        for (index, name) in state.group.names.enumerated() {
          all["first.\(name)"] = state.first[index]
          all["second.\(name)"] = state.second[index]
          all["step.\(name)"] = try isFused ? .full([], Double(state.counts[index])) : state.steps[index]
        }
      }
      return try shard?.complete(all) ?? all
    }
  }

  /// Puts back what ``stateTensors`` gave; a shard reads what is not its own too, since the source may be one of all
  /// processes.
  ///
  /// - Throws: ``FarqError`` `badData` where one is missing.
  public func restore(from source: any WeightSource) throws {
    try lossScale?.restore(from: source)
    if let shard {
      let source = try shard.held(source)
      return try restoreOwn(from: source)
    }
    try restoreOwn(from: source)
  }

  private func restoreOwn(from source: any WeightSource) throws {
    for state in states {
      for (index, name) in state.group.names.enumerated() {
        try state.first[index].assign(saved("first.\(name)", like: state.first[index], source))
        try state.second[index].assign(saved("second.\(name)", like: state.second[index], source))
        let steps = try saved("step.\(name)", like: nil, source)
        if isFused {
          let count = try steps.scalar()
          guard let whole = Int64(exactly: count), whole >= 0 else {
            throw FarqError(
              .badData, "the training state counts \(count) steps of \(name); start the run anew without --resume")
          }
          state.counts[index] = whole
        } else {
          try state.steps[index].assign(steps)
        }
      }
    }
  }

  private func saved(_ name: String, like tensor: Tensor?, _ source: any WeightSource) throws -> Tensor {
    guard let saved = try source.tensor(name), saved.shape == tensor?.shape ?? [] else {
      throw FarqError(.badData, "the training state lacks \(name); start the run anew without --resume")
    }
    return saved
  }
}
