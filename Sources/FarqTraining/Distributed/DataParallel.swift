public import FarqTorch

/// How several processes train one model: each works on a part of every update's documents.
public struct DataParallel {
  /// The processes.
  public let group: ProcessGroup
  /// Gradients travel in bfloat16.
  public let compressesGradients: Bool
  /// Each process holds the optimizer's moments of its share of the parameters only.
  public let shardsOptimizer: Bool

  /// Makes the settings.
  public init(group: ProcessGroup, compressesGradients: Bool = false, shardsOptimizer: Bool = false) {
    self.group = group
    self.compressesGradients = compressesGradients
    self.shardsOptimizer = shardsOptimizer
  }

  /// Gives all processes the parameters of process 0.
  func share(_ parameters: [Tensor]) throws {
    for parameter in parameters { try group.broadcast(parameter) }
  }

  /// Of `batch`, the documents of this process: longest first, each to the process that has fewest tokens so far, so that
  /// none waits long for another.
  func part(of batch: [Int], lengths: [Int]) -> [Int] {
    var tokens = [Int](repeating: 0, count: group.count)
    var own: [Int] = []
    for index in batch.sorted(by: { (lengths[$1], $0) < (lengths[$0], $1) }) {
      let owner = tokens.indices.min { (tokens[$0], $0) < (tokens[$1], $1) } ?? 0
      tokens[owner] += lengths[index]
      if owner == group.rank { own.append(index) }
    }
    return own
  }
}

extension Torch {
  /// Seeds dropout: differently in each process, and in process 0 as in a run of one.
  static func seed(_ seed: UInt64, in parallel: DataParallel?, step: Int = 0) throws {
    let rank = UInt64(parallel?.group.rank ?? 0)
    try Torch.seed(seed &+ rank &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(step) &* 0xD1B5_4A32_D192_ED03)
  }
}
