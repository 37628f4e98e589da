/// A double-array trie over byte strings (Aoe 1989): one step a byte, no allocation on lookup.
///
/// `@unchecked Sendable`: the memory is written in `init` alone.
final class DoubleArrayTrie: @unchecked Sendable {
  /// A state: its children lie at `base + byte`, and each of them names its parent in `check`.
  struct Node {
    var base: Int32 = 0
    var check: Int32 = -1
    /// The value of the string that ends here, or -1.
    var value: Int32 = -1
  }

  /// The states; 0 is the root. There are 256 unused ones at the end, so that a step never leaves the array.
  let nodes: UnsafeMutablePointer<Node>
  let count: Int

  /// Builds the trie from keys in ascending byte order, all different and none empty.
  init(sortedKeys keys: [ArraySlice<UInt8>], values: [Int32]) {
    var builder = DoubleArrayBuilder(keys: keys, values: values)
    let built = builder.build()
    count = built.count
    nodes = .allocate(capacity: count)
    nodes.initialize(from: built, count: count)
  }

  deinit { nodes.deallocate() }

  /// The state after `byte` from `state`, or -1.
  @inline(__always)
  func step(_ state: Int32, _ byte: UInt8) -> Int32 {
    let next = nodes[Int(state)].base &+ Int32(byte)
    return nodes[Int(next)].check == state ? next : -1
  }

  /// The state that `bytes` lead to from `state`, or -1.
  func walk(from state: Int32 = 0, _ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    var state = state
    for byte in bytes {
      state = step(state, byte)
      if state < 0 { return -1 }
    }
    return state
  }

  /// The value of exactly `bytes`, or -1.
  func value(of bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let state = walk(bytes)
    return state < 0 ? -1 : nodes[Int(state)].value
  }
}
