import CTorch
import FarqCore

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), equal to `torch.optim.AdamW`.
public final class AdamW {
  private struct State {
    let group: ParameterGroup
    let first: [Tensor]
    let second: [Tensor]
    let steps: [Tensor]
  }

  private let states: [State]
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double

  /// Makes an optimizer whose moments are zero.
  public init(_ groups: [ParameterGroup], beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) throws {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    states = try groups.map { group in
      State(
        group: group,
        first: try group.parameters.map(Self.zeros), second: try group.parameters.map(Self.zeros),
        steps: try group.parameters.map { try Tensor.zeros([], on: Device(of: $0)) })
    }
  }

  /// One update from the gradients that the parameters hold; a parameter without one stays.
  public func step(learningRate: Double) throws {
    for state in states where !state.group.parameters.isEmpty {
      try TorchCall.check(
        ctorch_adamw_step(
          handles(state.group.parameters), handles(state.first), handles(state.second), handles(state.steps),
          Int32(state.steps.count), learningRate * state.group.learningRateFactor, beta1, beta2, epsilon,
          state.group.weightDecay))
    }
  }

  /// Forgets all gradients.
  public func clearGradients() throws {
    for state in states {
      try TorchCall.check(ctorch_clear_gradients(handles(state.group.parameters), Int32(state.steps.count)))
    }
  }

  /// Scales all gradients down so that their common 2-norm is at most `maximum` (0: not at all).
  ///
  /// - Returns: the norm before.
  public func clipGradients(to maximum: Double) throws -> Double {
    let parameters = states.flatMap(\.group.parameters)
    var norm = 0.0
    try TorchCall.check(ctorch_clip_gradients(handles(parameters), Int32(parameters.count), maximum, &norm))
    return norm
  }

  /// The moments and step counts by name, for a training checkpoint.
  public var stateTensors: [String: Tensor] {
    var all: [String: Tensor] = [:]
    for state in states {
      for (index, name) in state.group.names.enumerated() {
        all["first.\(name)"] = state.first[index]
        all["second.\(name)"] = state.second[index]
        all["step.\(name)"] = state.steps[index]
      }
    }
    return all
  }

  /// Puts back what ``stateTensors`` gave.
  ///
  /// - Throws: ``FarqError`` `badData` where one is missing.
  public func restore(from source: any WeightSource) throws {
    for (name, tensor) in stateTensors {
      guard let saved = try source.tensor(name), saved.shape == tensor.shape else {
        throw FarqError(.badData, "the training state lacks \(name); start the run anew without --resume")
      }
      try tensor.assign(saved)
    }
  }

  private static func zeros(like parameter: Tensor) throws -> Tensor {
    try .zeros(parameter.shape, dtype: parameter.dtype, on: Device(of: parameter))
  }

  private func handles(_ tensors: [Tensor]) -> [OpaquePointer?] {
    tensors.map { Optional($0.handle) }
  }
}
