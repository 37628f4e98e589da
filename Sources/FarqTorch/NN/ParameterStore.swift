import FarqCore

/// All parameters of a model by their checkpoint names, in the order in which the layers asked for them.
///
/// Layers ask through a ``ParameterScope``. With a source, a parameter is what the source has under that name, and
/// ``finish(ignoring:)`` lists everything missing, misshapen or left over; without one, it is drawn anew.
public final class ParameterStore {
  /// The names, in the order of construction.
  public private(set) var names: [String] = []
  /// Names that the source lacked and that were drawn anew by permission.
  public private(set) var drawn: [String] = []
  /// Where the parameters live.
  public let device: Device
  private var tensors: [String: Tensor] = [:]
  private let source: (any WeightSource)?
  private let seed: UInt64
  private let trainable: Bool
  private let mayDraw: (String) -> Bool
  private var problems: [String] = []

  /// - Parameters:
  ///   - source: a checkpoint's tensors, or nil to draw every parameter.
  ///   - seed: what is drawn depends on this and on the parameter's name, not on the order.
  ///   - trainable: copies the source's tensors and keeps gradients; otherwise they are used where they lie.
  ///   - mayDraw: says of a parameter that the source lacks whether it is drawn anew, as a new classification head
  ///     is; every other one is an error.
  public init(
    source: (any WeightSource)?, seed: UInt64, device: Device = .cpu, trainable: Bool,
    mayDraw: @escaping (String) -> Bool = { _ in false }
  ) {
    self.source = source
    self.seed = seed
    self.device = device
    self.trainable = trainable
    self.mayDraw = mayDraw
  }

  /// The scope of names without a prefix.
  public var root: ParameterScope { ParameterScope(store: self, path: "") }

  /// Every parameter, in the order of construction.
  public var parameters: [Tensor] { names.compactMap { tensors[$0] } }

  /// The parameter `name`.
  public subscript(name: String) -> Tensor? { tensors[name] }

  /// The number of elements of all parameters.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// The parameter `name` of `shape`.
  func parameter(_ name: String, shape: [Int], initializer: Initializer) throws -> Tensor {
    if let tensor = tensors[name] { return tensor }
    let tensor = try register(name, value(name, shape: shape, initializer: initializer))
    names.append(name)
    return tensor
  }

  /// Checks that the source and the model agree.
  ///
  /// - Parameter ignoring: says of a name that the model has no use for whether that is expected.
  /// - Throws: ``FarqError`` `badData` with the full list of what is missing, misshapen or left over.
  public func finish(ignoring: (String) -> Bool = { _ in false }) throws {
    let extra = (source?.names ?? []).subtracting(names).filter { !ignoring($0) }
    let all = problems + extra.sorted().map { "unexpected \($0)" }
    guard all.isEmpty else {
      throw FarqError(
        .badData,
        "the checkpoint's tensors do not fit its config.json: \(all.joined(separator: "; ")); check that both belong together"
      )
    }
  }

  private func value(_ name: String, shape: [Int], initializer: Initializer) throws -> Tensor {
    let drawn = { try initializer.tensor(shape, seed: self.seed ^ Self.hash(name)) }
    guard let source else { return try drawn() }
    guard let found = source.shape(of: name) else {
      guard mayDraw(name) else { return try problem("missing \(name) \(shape)", shape) }
      self.drawn.append(name)
      return try drawn()
    }
    guard found == shape, let tensor = try source.tensor(name) else {
      return try problem("\(name) is \(found), not \(shape)", shape)
    }
    let single = try tensor.to(.float32)
    return trainable && single === tensor && device.isCPU ? try tensor.clone() : single
  }

  /// Notes what is wrong, for ``finish(ignoring:)``; the place is held by a tensor that takes no memory, whatever sizes the
  /// file claims.
  private func problem(_ words: String, _ shape: [Int]) throws -> Tensor {
    problems.append(words)
    return try Tensor.zeros(shape.map { _ in 1 }).expanded(shape)
  }

  private func register(_ name: String, _ value: Tensor) throws -> Tensor {
    let tensor = try value.to(device).detached()
    if trainable { try tensor.setRequiresGradient(true) }
    tensors[name] = tensor
    return tensor
  }

  /// FNV-1a, 64 bits: tells the parameters' random numbers apart.
  private static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
