import FarqExperiment
import FarqMetrics
import Testing

@Suite struct RobustnessRunTests {
  /// By hand: confidences 0.6 wrong, 0.9 right, 0.7 right, 0.8 wrong.
  @Test func selectiveAccuracy() throws {
    let predictions = try Predictions(
      classCount: 2, targets: [1, 0, 1, 0], scores: [0.6, 0.4, 0.9, 0.1, 0.3, 0.7, 0.2, 0.8], kind: .probabilities)
    func accuracy(_ coverage: Double) -> Double { RobustnessRun.selectiveAccuracy(predictions, coverage: coverage) }
    #expect(accuracy(0.25) == 1 && accuracy(0.5) == 0.5 && abs(accuracy(0.75) - 2.0 / 3) < 1e-12 && accuracy(1) == 0.5)
    #expect(accuracy(0.01) == 1)
  }
}
