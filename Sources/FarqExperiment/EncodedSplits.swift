import FarqDatasets
import FarqInference
import FarqTraining

/// The splits of a run as token ids.
struct EncodedSplits {
  let train: TrainingDocuments
  /// What chooses the best epoch: the validation split, or the test split where the settings say so.
  let validation: TrainingDocuments
  let test: TrainingDocuments

  init(_ data: PreparedData, _ settings: ExperimentSettings, encoder: DocumentEncoder) throws {
    train = try data.encoded(.train, by: encoder)
    test = try data.encoded(.test, by: encoder)
    validation = settings.data.selectsOnTest ? test : try data.encoded(.validation, by: encoder)
    all = [train, test] + (settings.data.selectsOnTest ? [] : [validation])
  }

  /// Each split once.
  let all: [TrainingDocuments]

  /// How many documents are longer than the model takes, and what becomes of them.
  func lengthNote(_ encoder: DocumentEncoder) -> String {
    encoder.long.note(
      all.reduce(0) { $0 + $1.tokens.longCount(over: encoder.maximumLength) }, of: all.reduce(0) { $0 + $1.count },
      maximumLength: encoder.maximumLength)
  }
}
