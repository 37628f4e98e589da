extension EventFileWriter {
  /// Adds what was measured at a step: `train/loss`, `train/learning_rate`, `train/gradient_norm`,
  /// `train/documents_per_second`; undefined numbers are left out.
  public func add(_ record: StepRecord) throws {
    let values = [
      ("loss", record.loss), ("learning_rate", record.learningRate), ("gradient_norm", record.gradientNorm),
      ("documents_per_second", record.documentsPerSecond),
    ]
    for (name, value) in values where value.isFinite {
      try add(scalar: value, tag: "train/\(name)", step: record.step)
    }
  }

  /// Adds what was measured at the end of an epoch, at its step: `validation/accuracy` and so on, `train/epoch_loss`,
  /// `lambda/encoder/layer_0` and so on; undefined numbers are left out.
  public func add(_ record: EpochRecord) throws {
    if record.trainLoss.isFinite { try add(scalar: record.trainLoss, tag: "train/epoch_loss", step: record.step) }
    for (split, metrics) in record.metrics.sorted(by: { $0.key < $1.key }) {
      for (name, value) in metrics.sorted(by: { $0.key < $1.key }) {
        guard let number = value.number, number.isFinite else { continue }
        try add(scalar: number, tag: "\(split)/\(name)", step: record.step)
      }
    }
    for entry in record.lambdas where entry.value.isFinite {
      try add(scalar: entry.value, tag: "lambda/\(entry.stack)/layer_\(entry.layer)", step: record.step)
    }
  }

  /// Adds a confusion matrix as an image (rows are targets, in the order of the labels) and as a table in text.
  ///
  /// - Parameters:
  ///   - confusionMatrix: counts, [labels, labels].
  ///   - labels: the names.
  ///   - split: the split, the first part of the tag.
  ///   - step: the step.
  public func add(confusionMatrix: [[Int]], labels: [String], split: String, step: Int) throws {
    let tag = "\(split)/confusion_matrix"
    try add(image: PixelImage(confusionMatrix: confusionMatrix), tag: tag, step: step)
    let names = confusionMatrix.indices.map { labels.indices.contains($0) ? labels[$0] : "\($0)" }
    let header = "| target | " + names.map(MarkdownReport.escaped).joined(separator: " | ") + " |"
    let rule = "|---|" + names.map { _ in "---:|" }.joined()
    let rows = zip(names, confusionMatrix).map { name, counts in
      "| \(MarkdownReport.escaped(name)) | " + counts.map(String.init).joined(separator: " | ") + " |"
    }
    try add(text: ([header, rule] + rows).joined(separator: "\n"), tag: tag + "_table", step: step)
  }
}
