import FarqCore
package import FarqTorch

/// Learning from a teacher's logits beside the labels (Hinton et al. 2015, arXiv 1503.02531, section 2).
public struct Distillation: Sendable, Codable, Equatable {
  /// T: logits of both are divided by it, so that the teacher's smaller probabilities count.
  public var temperature = 2.0
  /// The weight of the teacher's part; the labels' is what is left to 1.
  public var weight = 0.5

  /// The default settings.
  public init() {}

  /// T² · cross-entropy of softmax(student / T) to softmax(teacher / T), averaged over documents: [B, labels] twice →
  /// one number. T² keeps its gradients as large as the labels'.
  package func loss(_ student: Tensor, teacher: Tensor) throws -> Tensor {
    let target = try (teacher * (1 / temperature)).softmax(1)  // [B, labels]
    let logProbabilities = try (student * (1 / temperature)).logSoftmax(1)  // [B, labels]
    return try (target * logProbabilities).sum([1]).mean() * (-temperature * temperature)
  }
}
