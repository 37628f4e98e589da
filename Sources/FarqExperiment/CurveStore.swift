import FarqCore
import FarqReport
import Foundation

/// Keeps the course of a training beside its saved state, so that the report of a resumed run shows all of it.
struct CurveStore {
  private let file: URL

  /// - Parameter folder: where the state is saved.
  init(folder: URL) {
    file = folder.appendingPathComponent("learning-curve.json")
  }

  /// Writes the course so far; without it only the picture of the part before an interruption would be lost.
  func write(_ curve: LearningCurve) {
    guard let data = try? JSONEncoder().encode(curve) else { return }
    try? AtomicFile.write(data, to: file)
  }

  /// The course up to the update `step`, with the evaluations of so many epochs; empty where none was kept.
  func read(until step: Int, epochs: Int) -> LearningCurve {
    guard let data = try? Data(contentsOf: file),
      let curve = try? JSONDecoder().decode(LearningCurve.self, from: data)
    else { return LearningCurve() }
    return LearningCurve(
      steps: curve.steps.filter { $0.step <= step },
      epochs: curve.epochs.filter { $0.step <= step && $0.epoch <= epochs })
  }

  /// Removes what was kept.
  func remove() {
    try? FileManager.default.removeItem(at: file)
  }
}
