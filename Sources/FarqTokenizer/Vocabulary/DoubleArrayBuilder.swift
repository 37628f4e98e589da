/// Lays out a ``DoubleArrayTrie``: breadth first, each state at the first place where its children fit.
struct DoubleArrayBuilder {
  private let keys: [ArraySlice<UInt8>]
  private let values: [Int32]
  private var nodes: [DoubleArrayTrie.Node]
  private var firstFree = 1

  /// A state still to be laid out: the keys that share its first `depth` bytes.
  private struct Task {
    var state: Int
    var keys: Range<Int>
    var depth: Int
  }

  init(keys: [ArraySlice<UInt8>], values: [Int32]) {
    self.keys = keys
    self.values = values
    nodes = Array(repeating: .init(), count: 1024)
    nodes[0].check = 0
  }

  /// The finished states.
  mutating func build() -> [DoubleArrayTrie.Node] {
    var tasks = [Task(state: 0, keys: 0..<keys.count, depth: 0)]
    var next = 0
    var children: [(byte: UInt8, keys: Range<Int>)] = []
    while next < tasks.count {
      let task = tasks[next]
      next += 1
      let rest = terminal(task)
      split(rest, depth: task.depth, into: &children)
      guard !children.isEmpty else { continue }
      let base = place(children)
      nodes[task.state].base = Int32(base)
      for child in children {
        let state = base + Int(child.byte)
        nodes[state].check = Int32(task.state)
        tasks.append(Task(state: state, keys: child.keys, depth: task.depth + 1))
      }
    }
    let used = (nodes.lastIndex { $0.check >= 0 } ?? 0) + 1
    grow(to: used + 256)
    return Array(nodes[..<(used + 256)])
  }

  /// Stores the value of a key that ends at the task's state, and returns the keys that go on.
  private mutating func terminal(_ task: Task) -> Range<Int> {
    guard let first = task.keys.first, keys[first].count == task.depth else { return task.keys }
    nodes[task.state].value = values[first]
    return task.keys.dropFirst()
  }

  private func split(_ range: Range<Int>, depth: Int, into children: inout [(byte: UInt8, keys: Range<Int>)]) {
    children.removeAll(keepingCapacity: true)
    var start = range.lowerBound
    while start < range.upperBound {
      let byte = keys[start][keys[start].startIndex + depth]
      var end = start + 1
      while end < range.upperBound, keys[end][keys[end].startIndex + depth] == byte { end += 1 }
      children.append((byte, start..<end))
      start = end
    }
  }

  /// The first base at which all children's places are free.
  private mutating func place(_ children: [(byte: UInt8, keys: Range<Int>)]) -> Int {
    while firstFree < nodes.count, nodes[firstFree].check >= 0 { firstFree += 1 }
    let lead = Int(children[0].byte)
    var spot = max(firstFree, lead + 1)
    var tries = 0
    while true {
      grow(to: spot + 512)
      let base = spot - lead
      if nodes[spot].check < 0, children.allSatisfy({ nodes[base + Int($0.byte)].check < 0 }) {
        // A crowded front is given up, or laying out would become quadratic.
        if tries > 256 { firstFree = max(firstFree, spot - 256) }
        return base
      }
      spot += 1
      tries += 1
    }
  }

  private mutating func grow(to count: Int) {
    guard nodes.count < count else { return }
    nodes.append(contentsOf: repeatElement(.init(), count: max(count - nodes.count, nodes.count)))
  }
}
