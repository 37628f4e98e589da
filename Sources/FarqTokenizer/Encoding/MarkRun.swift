/// The marks since the last starter, kept in canonical order (stable by combining class).
struct MarkRun {
  private var marks: [(scalar: UInt32, combiningClass: UInt8)] = []

  /// Whether marks are waiting.
  var isOpen: Bool { !marks.isEmpty }

  /// Puts a mark behind those of the same or a lower class.
  mutating func insert(_ scalar: UInt32, _ combiningClass: UInt8) {
    let place = marks.lastIndex { $0.combiningClass <= combiningClass }.map { $0 + 1 } ?? 0
    marks.insert((scalar, combiningClass), at: place)
  }

  /// The marks in order; the run is empty after.
  mutating func take() -> [UInt32] {
    defer { marks.removeAll(keepingCapacity: true) }
    return marks.map(\.scalar)
  }
}
