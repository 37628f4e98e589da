/// Holm's step-down correction of several tests' p-values (Holm 1979): keeps the chance of any false claim at the level.
public enum Holm {
  /// The adjusted p-values in the order given: with m tests sorted by p, max over the smaller ones of (m − rank)·p, at most 1.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, Double(pValues.count - rank) * pValues[index])
      adjusted[index] = min(1, largest)
    }
    return adjusted
  }
}
