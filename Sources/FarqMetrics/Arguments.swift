import FarqCore

/// Checks of the arguments that metrics share.
enum Arguments {
  static func check(classCount: Int) throws {
    guard classCount >= 2 else {
      throw FarqError(.usage, "classCount is \(classCount); a multiclass metric needs at least 2 classes")
    }
  }

  static func check(topK: Int, classCount: Int) throws {
    guard 1...classCount ~= topK else {
      throw FarqError(.usage, "topK is \(topK); it can be 1 to \(classCount), the number of classes")
    }
  }

  static func check(zeroDivision: Double) throws {
    guard zeroDivision == 0 || zeroDivision == 1 else {
      throw FarqError(.usage, "zeroDivision is \(zeroDivision); it can be 0 or 1")
    }
  }

  static func check(_ average: Average, among allowed: [Average], of metric: String) throws {
    guard allowed.contains(average) else {
      let names = allowed.map(\.rawValue).joined(separator: ", ")
      throw FarqError(.usage, "\(metric) has no average \(average.rawValue); it can be \(names)")
    }
  }

  static func check(share: Double, _ name: String) throws {
    guard 0...1 ~= share else {
      throw FarqError(.usage, "\(name) is \(share); it can be 0 to 1")
    }
  }

  static func check(merging equal: Bool) throws {
    guard equal else {
      throw FarqError(.usage, "metrics with different arguments cannot be merged; make both with the same ones")
    }
  }
}
