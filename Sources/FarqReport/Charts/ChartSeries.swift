/// One line of a chart: points in the order of x, with a colour and a dash pattern of the palette.
struct ChartSeries: Sendable, Equatable {
  /// The name.
  var name: String
  /// The points (x, y); a point whose y is not finite breaks the line.
  var points: [ChartPoint]
  /// The place in the palette.
  var style: Int
  /// The x of a point to mark, such as the epoch that was kept.
  var marked: Double?

  /// The series with at most `limit` points: means of neighbours, so that noise does not hide the course.
  func thinned(to limit: Int) -> ChartSeries {
    guard points.count > limit, limit > 0 else { return self }
    var result = self
    result.points = (0..<limit).map { bucket in
      let slice = points[(bucket * points.count / limit)..<((bucket + 1) * points.count / limit)]
      let finite = slice.filter(\.y.isFinite)
      let count = Double(finite.count)
      return ChartPoint(
        x: slice.map(\.x).reduce(0, +) / Double(slice.count),
        y: finite.isEmpty ? .nan : finite.map(\.y).reduce(0, +) / count)
    }
    return result
  }
}
