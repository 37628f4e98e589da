import FarqCore
import FarqDatasets
import FarqInference
import FarqTorch
import FarqTraining
import Foundation

/// A fine-tuned classifier that a run's models learn from. It reads texts by its own tokenizer, once.
struct Teacher {
  private let classifier: TextClassifier
  /// For each of the run's labels, the teacher's column.
  private let columns: [Int]
  private let labels: [String]

  /// - Throws: ``FarqError`` `usage` where its labels are not the run's.
  init(folder: URL, labels: [String], device: Device, precision: Precision) throws {
    let classifier = try TextClassifier(folder: folder, device: device, precision: precision)
    let columns = labels.compactMap { classifier.labels.firstIndex(of: $0) }
    guard columns.count == labels.count, classifier.labels.count == labels.count else {
      throw FarqError(
        .usage,
        "--teacher \(folder.path) knows the labels \(classifier.labels.joined(separator: ", ")), the data has \(labels.joined(separator: ", ")): give one trained for these labels"
      )
    }
    self.classifier = classifier
    self.columns = columns
    self.labels = labels
  }

  /// Its logits of `documents`, in the order of the run's labels.
  func logits(_ documents: DocumentList) throws -> TeacherLogits {
    let rows = try classifier.classify(Array(documents.textSequence)).flatMap { row in columns.map { row.logits[$0] } }
    return try TeacherLogits(rows, labelCount: labels.count)
  }
}
