/// Which documents of a data set hold the same text, and which nearly the same.
struct DuplicateIndex {
  /// Two different texts that are nearly the same.
  struct NearPair {
    /// The text's place in ``DuplicateIndex/groups``; below ``second``.
    var first: Int
    /// The other text's place.
    var second: Int
    /// The Jaccard similarity of their shingles.
    var similarity: Double
  }

  /// The documents of each different text, texts in the order of their first document.
  let groups: [[Int]]
  /// The place in ``groups`` of each document's text.
  let groupOf: [Int]
  /// The pairs of texts that are nearly the same.
  let nearPairs: [NearPair]

  /// Compares the documents of `dataset`; texts whose similarity reaches `threshold` are near duplicates.
  init(_ dataset: Dataset, threshold: Double) {
    let exact = DuplicateIndex(exact: dataset)
    groups = exact.groups
    groupOf = exact.groupOf
    let firsts = groups.map { $0[0] }
    nearPairs = NearDuplicates(count: firsts.count) { dataset.documents.text(at: firsts[$0]) }
      .pairs(threshold: threshold)
  }

  /// Compares the documents of `dataset` for equal texts only.
  init(exact dataset: Dataset) {
    var places: [TextDigest: Int] = [:]
    var groups: [[Int]] = []
    var groupOf: [Int] = []
    for (index, digest) in dataset.digests.enumerated() {
      let place = places[digest] ?? groups.count
      if place == groups.count {
        places[digest] = place
        groups.append([])
      }
      groups[place].append(index)
      groupOf.append(place)
    }
    self.groups = groups
    self.groupOf = groupOf
    nearPairs = []
  }

  /// The texts in clusters of near duplicates, each cluster and the clusters in order; single texts are left out.
  var clusters: [[Int]] {
    var parent = Array(groups.indices)
    func root(_ place: Int) -> Int {
      var place = place
      while parent[place] != place {
        parent[place] = parent[parent[place]]
        place = parent[place]
      }
      return place
    }
    for pair in nearPairs {
      let (one, other) = (root(pair.first), root(pair.second))
      parent[max(one, other)] = min(one, other)
    }
    let members = Dictionary(grouping: groups.indices, by: root)
    return members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}
