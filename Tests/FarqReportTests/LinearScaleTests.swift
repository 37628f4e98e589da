import FarqReport
import Testing

@Suite("LinearScale")
struct LinearScaleTests {
  @Test("ticks are round, rise and hold the data")
  func ticks() {
    let scale = LinearScale([0.13, 0.97], from: 0, to: 100)
    #expect(scale.ticks.map { scale.label($0) } == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(scale.domain == 0...1)
    #expect(scale.position(0) == 0)
    #expect(abs(scale.position(0.25) - 25) < 1e-9)
    #expect(LinearScale([0, 1], from: 200, to: 0).position(1) == 0)
  }

  @Test(
    "degenerate data have a usable scale",
    arguments: [
      [], [.nan], [.infinity, -.infinity], [0], [5, 5, 5], [-3], [1e-12, 1e-12], [1e15, 1e15 + 1], [-1e300, 1e300],
      [0, .leastNonzeroMagnitude], [.nan, 2, .nan],
    ] as [[Double]])
  func degenerate(values: [Double]) {
    let scale = LinearScale(values, from: 10, to: 90)
    #expect(scale.domain.lowerBound < scale.domain.upperBound)
    #expect((1...60).contains(scale.ticks.count))
    #expect(scale.ticks == scale.ticks.sorted())
    for value in values where abs(value) < 1e300 {
      let position = scale.position(value)
      #expect(position >= 9.99 && position <= 90.01, "\(value) at \(position) in \(scale.domain)")
    }
    #expect(scale.ticks.allSatisfy { scale.position($0).isFinite && !scale.label($0).isEmpty })
  }

  @Test(
    "labels tell ticks apart",
    arguments: [[0, 2e-5], [0.985, 0.9861], [0, 45_000], [-0.6, 0.8], [0, 3e9], [7, 7.001]])
  func labels(values: [Double]) {
    for percent in [false, true] {
      let scale = LinearScale(values, from: 0, to: 1)
      let labels = scale.ticks.map { scale.label($0, percent: percent) }
      #expect(Set(labels).count == labels.count, "\(labels)")
    }
  }

  @Test("a single number has room on both sides", arguments: [5.0, -3, 0, 0.98, 2e-5])
  func single(value: Double) {
    let scale = LinearScale([value, value], from: 0, to: 100)
    #expect((5...95).contains(scale.position(value)))
  }

  @Test("whole ticks are whole")
  func whole() {
    let scale = LinearScale([1, 3], limits: 1...3, from: 0, to: 1, wholeTicks: true)
    #expect(scale.ticks == [1, 2, 3])
    #expect(scale.domain == 1...3)
  }

  @Test("the limits are not left")
  func limits() {
    let scale = LinearScale([3, 718], limits: 3...718, from: 0, to: 1)
    #expect(scale.domain == 3...718)
    #expect(scale.ticks == [200, 400, 600])
  }
}
