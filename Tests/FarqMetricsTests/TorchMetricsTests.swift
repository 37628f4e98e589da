import FarqMetrics
import Testing

/// Every metric × every average and argument × {labels, probabilities, logits} × {one batch, many, short last batch, merged}
/// × degenerate inputs, against TorchMetrics 1.9.0.
struct TorchMetricsTests {
  /// How samples come: sizes of batches, and whether each goes to a process of its own.
  enum Feeding: CaseIterable {
    case one, many, shortLast, merged

    func ranges(_ count: Int) -> [Range<Int>] {
      let size =
        switch self {
        case .one: max(1, count)
        case .many: 1
        case .shortLast, .merged: max(1, count * 2 / 5)
        }
      return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }
  }

  @Test func fixturesAreThere() {
    #expect(MetricFixture.all.count == 56)
    #expect(MetricFixture.all.reduce(0) { $0 + $1.values.count } > 6000)
  }

  @Test(arguments: MetricFixture.all, Feeding.allCases)
  func agrees(_ fixture: MetricFixture, _ feeding: Feeding) throws {
    for entry in fixture.values {
      let parts = try #require(entry.elements)
      guard case .text(let name) = parts[0] else { throw Missing() }
      let maker = MetricMaker(name: name, arguments: parts[1], classes: fixture.classes, ignore: fixture.ignore)
      let metric = try Self.fed(try maker.make(), fixture, feeding)
      let shared = parts[1]["thresholds"]?.elements != nil || parts[1]["thresholds"]?.number?.isNaN == false
      let value = ValueComparison.tuple(metric.compute(), sharedThresholds: shared)
      let found = ValueComparison.difference(value, parts[2])
      #expect(found == nil, "\(fixture.name), \(feeding): \(name) \(parts[1].json)")
    }
  }

  /// All 26 classes of TorchMetrics under their names, with the defaults of both sides.
  @Test func defaultsAreTorchMetrics() throws {
    let fixture = try #require(MetricFixture.all.first)
    #expect(fixture.defaults.count == 26)
    for entry in fixture.defaults {
      let parts = try #require(entry.elements)
      guard case .text(let name) = parts[0] else { throw Missing() }
      let empty = try DefaultMetric.make(name, parts[1], classes: fixture.classes)
      #expect("\(type(of: empty))" == "Multiclass\(name)" && type(of: empty).name == "Multiclass\(name)")
      let value = ValueComparison.tuple(try Self.fed(empty, fixture, .shortLast).compute(), sharedThresholds: false)
      #expect(ValueComparison.difference(value, parts[2]) == nil, "\(name) with its defaults")
    }
  }

  private static func fed<Metric: MulticlassMetric>(
    _ empty: Metric, _ fixture: MetricFixture, _ feeding: Feeding
  ) throws -> any MulticlassMetric {
    var metric = empty
    // What was there before a reset must leave no trace.
    try metric.update(fixture.batch(0..<1))
    metric.reset()
    for range in feeding.ranges(fixture.sampleCount) {
      if feeding == .merged {
        var other = empty
        try other.update(fixture.batch(range))
        try metric.merge(other)
      } else {
        try metric.update(fixture.batch(range))
      }
    }
    return metric
  }

  struct Missing: Error {}
}
