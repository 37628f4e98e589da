import FarqDatasets
import FarqInference
import FarqMetrics
import FarqReport
import FarqTraining

/// From an evaluation to the parts of a model's report.
struct EvaluationReport {
  let evaluation: Evaluation
  let labels: [String]
  let documents: DocumentList

  /// 15 bins of confidence, as MulticlassCalibrationError's default.
  var reliability: [FarqReport.ReliabilityBin] {
    CalibrationState(evaluation.predictions).reliability().map { bin in
      FarqReport.ReliabilityBin(
        lower: bin.lower, upper: bin.upper, count: bin.count, confidence: bin.confidence, accuracy: bin.accuracy)
    }
  }

  /// The most confident mistakes, at most 20, each text at most 600 scalars long.
  var mistakes: [Mistake] {
    rows.filter { !$0.isRight }.sorted { $0.score > $1.score }.prefix(20).map { row in
      Mistake(
        id: documents.origin(at: row.index),
        text: String(String.UnicodeScalarView(documents.text(at: row.index).unicodeScalars.prefix(600))),
        target: labels[row.target], predicted: row.classification.label, probability: row.score)
    }
  }

  /// A line of `predictions/<model>.jsonl` for each document.
  var predictionRecords: [PredictionRecord] {
    rows.map { row in
      PredictionRecord(
        id: documents.origin(at: row.index), target: row.target, predicted: row.classification.index,
        label: labels[row.target], predictedLabel: row.classification.label,
        logits: row.classification.logits.map(Double.init), probabilities: row.classification.probabilities)
    }
  }

  private struct Row {
    let index: Int
    let target: Int
    let classification: Classification
    var score: Double { classification.score }
    var isRight: Bool { classification.index == target }
  }

  private var rows: [Row] {
    let predictions = evaluation.predictions
    return predictions.targets.indices.map { index in
      let logits = predictions.scores[(index * labels.count)..<((index + 1) * labels.count)]
      return Row(
        index: index, target: predictions.targets[index],
        classification: Classification(logits: Array(logits), labels: labels))
    }
  }
}
