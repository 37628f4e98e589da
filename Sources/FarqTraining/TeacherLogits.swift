import FarqCore
import FarqTorch

/// A teacher's logits of the training documents, in their order and in the order of the student's labels.
public struct TeacherLogits: Sendable {
  /// Row by row, [documents × labels].
  let values: [Float]
  let labelCount: Int

  /// - Throws: ``FarqError`` `badData` where a number is not finite.
  public init(_ values: [Float], labelCount: Int) throws {
    guard values.allSatisfy(\.isFinite), labelCount > 0, values.count.isMultiple(of: labelCount) else {
      throw FarqError(.badData, "the teacher gives numbers that are not finite: use another --teacher")
    }
    self.values = values
    self.labelCount = labelCount
  }

  /// The number of documents.
  public var count: Int { values.count / labelCount }

  /// The rows of these documents, [B, labels]
  func rows(_ documents: [Int], on device: Device) throws -> Tensor {
    let chosen = documents.flatMap { values[($0 * labelCount)..<(($0 + 1) * labelCount)] }
    return try Tensor(chosen, shape: [documents.count, labelCount]).to(device)
  }
}
