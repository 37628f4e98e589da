import FarqReport

extension LengthHistogram {
  /// A histogram of token counts, `lengths` ascending: 64 tokens a bin up to 1024, longer ones in the last bin.
  static func tokens(_ lengths: [Int]) -> LengthHistogram {
    let width = 64
    let last = 16
    var counts = [Int](repeating: 0, count: last + 1)
    for length in lengths { counts[min(last, length / width)] += 1 }
    let top = max((last + 1) * width, (lengths.last ?? 0) + 1)
    let bins = counts.indices.map { index in
      HistogramBin(
        lower: Double(index * width), upper: Double(index == last ? top : (index + 1) * width), count: counts[index])
    }
    return LengthHistogram(
      unit: "tokens", bins: bins.reversed().drop { $0.count == 0 }.reversed(),
      mean: Double(lengths.reduce(0, +)) / Double(max(1, lengths.count)),
      median: lengths.isEmpty ? .nan : Double(lengths[lengths.count / 2]), maximum: Double(lengths.last ?? 0))
  }
}
