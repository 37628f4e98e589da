import FarqCore
import FarqTorch

extension BERTConfiguration {
  /// What a head was trained for, where it is not to choose one label of several.
  var otherProblem: String? {
    guard let type = raw["problem_type"]?.string, type != "single_label_classification" else { return nil }
    return type
  }

  /// Refuses a head whose outputs are no softmax over labels.
  ///
  /// - Throws: ``FarqError`` `badData` that names the `problem_type`.
  func checkClassifies() throws {
    guard let otherProblem else { return }
    throw FarqError(
      .badData,
      "config.json has the problem_type '\(otherProblem)', which is not supported: Farq chooses one label of several; "
        + "its encoder can be trained for that with `farq train`")
  }

  /// The first labels for a message, with a mark where there are more.
  func firstLabels(_ most: Int) -> String {
    labels.prefix(most).joined(separator: ", ") + (labels.count > most ? ", …" : "")
  }

  /// Checks that the classifier of `weights`, where there is one, has a row for each label.
  ///
  /// - Throws: ``FarqError`` `badData` with both counts and the labels.
  func checkLabels(fit weights: (any WeightSource)?) throws {
    guard let rows = weights?.shape(of: "classifier.weight")?.first, rows != labels.count else { return }
    throw FarqError(
      .badData,
      "config.json has \(labels.count) labels (\(firstLabels(20))) and the checkpoint's classifier \(rows): "
        + "give id2label one name for each row of the classifier")
  }
}
