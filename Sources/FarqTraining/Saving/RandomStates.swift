import FarqTorch

/// The random states of all processes, beside a saved state's tensors.
enum RandomStates {
  /// By name; all processes must ask.
  static func tensors(on device: Device, _ parallel: DataParallel?) throws -> [String: Tensor] {
    let own = try Torch.randomState(of: device)
    guard let group = parallel?.group else { return [name(0): own] }
    let all = try group.gather(own)
    return try Dictionary(
      uniqueKeysWithValues: (0..<group.count).map { (name($0), try all.selected(0, $0).clone()) })
  }

  /// Puts this process's back; one more than there were is seeded anew.
  static func restore(
    from source: some WeightSource, on device: Device, _ parallel: DataParallel?, seed: UInt64, step: Int
  ) throws {
    let rank = parallel?.group.rank ?? 0
    var own: Tensor?
    var place = 0
    while source.shape(of: name(place)) != nil {
      let state = try source.tensor(name(place))
      if place == rank { own = state }
      place += 1
    }
    if let own { try Torch.setRandomState(own, of: device) } else { try Torch.seed(seed, in: parallel, step: step) }
  }

  private static func name(_ rank: Int) -> String { rank == 0 ? "random" : "random.\(rank)" }
}
