/// Two pieces that follow each other.
struct Pair: Hashable, Comparable {
  let first: Int32
  let second: Int32

  init(_ first: Int32, _ second: Int32) {
    self.first = first
    self.second = second
  }

  static func < (left: Pair, right: Pair) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }
}
