/// Sorts 32-bit keys: three passes over 11 bits each.
enum RadixSort {
  /// Sorts `keys` in rising order.
  static func sort(_ keys: inout [UInt32]) {
    guard keys.count > 4096 else {
      keys.sort()
      return
    }
    var other = [UInt32](unsafeUninitializedCapacity: keys.count) { _, filled in filled = keys.count }
    var histogram = [Int](repeating: 0, count: 3 * 2048)
    for key in keys {
      histogram[Int(key & 2047)] += 1
      histogram[2048 + Int(key >> 11 & 2047)] += 1
      histogram[4096 + Int(key >> 22)] += 1
    }
    for digit in 0..<3 {
      var starts = [Int](repeating: 0, count: 2048)
      for value in 1..<2048 { starts[value] = starts[value - 1] + histogram[digit * 2048 + value - 1] }
      scatter(from: keys, to: &other, starts: &starts, shift: UInt32(digit * 11))
      swap(&keys, &other)
    }
  }

  private static func scatter(from source: [UInt32], to target: inout [UInt32], starts: inout [Int], shift: UInt32) {
    target.withUnsafeMutableBufferPointer { target in
      starts.withUnsafeMutableBufferPointer { starts in
        for key in source {
          let digit = Int(key >> shift & 2047)
          target[starts[digit]] = key
          starts[digit] += 1
        }
      }
    }
  }
}
