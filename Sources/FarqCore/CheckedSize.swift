/// Arithmetic on sizes that a file claims: a product that no memory could hold is nil, not a trap or a wrong number.
public enum CheckedSize {
  /// The number of elements of a tensor of `shape`; nil where a size is negative, or the sizes above 0 have a product
  /// beyond `Int`, even if another one is 0.
  public static func count(_ shape: [Int]) -> Int? {
    var product = 1
    for size in shape where size != 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard size > 0, !overflow else { return nil }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }

  /// The bytes of that many elements of `width` bytes; nil where there is no such number.
  public static func bytes(_ shape: [Int], width: Int) -> Int? {
    guard let count = Self.count(shape), Self.count(shape + [width]) != nil else { return nil }
    return count * width
  }

  /// The sum; nil beyond `Int`.
  public static func sum(_ numbers: some Sequence<Int>) -> Int? {
    var total = 0
    for number in numbers {
      let (next, overflow) = total.addingReportingOverflow(number)
      guard !overflow else { return nil }
      total = next
    }
    return total
  }
}
