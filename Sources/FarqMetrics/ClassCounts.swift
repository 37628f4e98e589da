/// The four counts of one class against the rest.
public struct ClassCounts: Sendable, Equatable, Codable {
  /// The class was predicted and right.
  public var truePositives: Int
  /// The class was predicted and wrong.
  public var falsePositives: Int
  /// Another class was predicted and the class was not the target.
  public var trueNegatives: Int
  /// Another class was predicted where the class was the target.
  public var falseNegatives: Int

  /// Four counts, 0 unless given.
  public init(truePositives: Int = 0, falsePositives: Int = 0, trueNegatives: Int = 0, falseNegatives: Int = 0) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }

  /// How often the class is the target.
  public var support: Int { truePositives + falseNegatives }

  /// Adds other counts.
  public static func += (left: inout ClassCounts, right: ClassCounts) {
    left.truePositives += right.truePositives
    left.falsePositives += right.falsePositives
    left.trueNegatives += right.trueNegatives
    left.falseNegatives += right.falseNegatives
  }
}
