import FarqCore

/// The parameters that this process updates where a group shares them, and how they come to the others.
final class OptimizerShard {
  /// The groups, with the parameters of this process alone.
  let own: [ParameterGroup]
  private let group: ProcessGroup
  /// For each process its parameters, in one order everywhere.
  private let shares: [[(name: String, parameter: Tensor)]]

  /// Deals parameters out, largest first, each to the process that has least so far.
  init(_ groups: [ParameterGroup], group: ProcessGroup) {
    let all = groups.flatMap { zip($0.names, $0.parameters).map { (name: $0, parameter: $1) } }
    var shares = [[(name: String, parameter: Tensor)]](repeating: [], count: group.count)
    var sizes = [Int](repeating: 0, count: group.count)
    let order = all.indices.sorted { (all[$1].parameter.count, $0) < (all[$0].parameter.count, $1) }
    for index in order {
      let owner = sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0
      shares[owner].append(all[index])
      sizes[owner] += all[index].parameter.count
    }
    let mine = Set(shares[group.rank].map(\.name))
    own = groups.map { $0.selecting(mine.contains) }
    self.shares = shares
    self.group = group
  }

  /// Sends each process's parameters to all others, as one tensor.
  func send() throws {
    for (owner, share) in shares.enumerated() where !share.isEmpty {
      try Torch.withoutGradients {
        let flat = try Tensor.concatenate(share.map { try $0.parameter.detached().reshaped([$0.parameter.count]) }, 0)
        try group.broadcast(flat, from: owner)
        guard owner != group.rank else { return }
        var start = 0
        for (_, parameter) in share {
          try parameter.assign(flat.narrowed(0, start..<(start + parameter.count)).reshaped(parameter.shape))
          start += parameter.count
        }
      }
    }
  }

  /// The state of all processes, from that of this one.
  func complete(_ state: [String: Tensor]) throws -> [String: Tensor] {
    var all = state
    for (owner, share) in shares.enumerated() {
      for (name, parameter) in share {
        for (key, shape) in Self.keys(name, parameter.shape) {
          let tensor = try state[key]?.to(Device(of: parameter)) ?? .zeros(shape, on: Device(of: parameter))
          try group.broadcast(tensor, from: owner)
          all[key] = tensor
        }
      }
    }
    return all
  }

  /// What this process needs of `source`, read in one order by all.
  func held(_ source: any WeightSource) throws -> WeightDictionary {
    var held: [String: Tensor] = [:]
    for (owner, share) in shares.enumerated() {
      for (name, parameter) in share {
        for (key, _) in Self.keys(name, parameter.shape) {
          let tensor = try source.tensor(key)
          if owner == group.rank { held[key] = tensor }
        }
      }
    }
    return WeightDictionary(held)
  }

  private static func keys(_ name: String, _ shape: [Int]) -> [(String, [Int])] {
    [("first.\(name)", shape), ("second.\(name)", shape), ("step.\(name)", [])]
  }
}
