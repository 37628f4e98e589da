import FarqCore

extension Dataset {
  /// A smaller data set: up to `train` and `test` (and `validation`) documents of each label, drawn by seed; nil
  /// keeps all. Documents that name no split count as training documents. The order stays.
  ///
  /// A label with fewer documents than asked for keeps them all, and a warning says so.
  public func limited(perLabel train: Int?, test: Int? = nil, validation: Int? = nil, seed: UInt64) -> Dataset {
    let limits: [Split: Int?] = [.train: train, .test: test, .validation: validation]
    var members: [Split: [String: [Int]]] = [:]
    for index in documents.indices {
      members[documents.split(at: index) ?? .train, default: [:]][documents.label(at: index) ?? "", default: []]
        .append(index)
    }
    var kept: [Int] = []
    var warnings: [String] = []
    for split in Split.allCases {
      for label in (members[split] ?? [:]).keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        let indices = members[split]?[label] ?? []
        guard let limit = limits[split] ?? nil else {
          kept += indices
          continue
        }
        if indices.count < limit {
          warnings.append(
            "\(split.rawValue): the label \"\(label)\" has \(indices.count) documents, fewer than \(limit)")
        }
        kept += drawn(limit, from: indices, seed: seed)
      }
    }
    return selecting(kept.sorted(), adding: warnings)
  }

  /// `count` of `indices`; the draw depends on the texts and the seed, not on the order of the documents.
  private func drawn(_ count: Int, from indices: [Int], seed: UInt64) -> [Int] {
    guard indices.count > count else { return indices }
    var order = indices.sorted { (digests[$0], $0) < (digests[$1], $1) }
    var generator = SeededGenerator(seed: seed)
    generator.shuffle(&order)
    return Array(order.prefix(max(count, 0)))
  }
}
