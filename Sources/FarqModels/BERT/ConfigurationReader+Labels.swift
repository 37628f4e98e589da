import FarqCore

extension ConfigurationReader {
  /// The label names in the order of their ids, from `id2label`, else `label2id`, else `num_labels`; none for an encoder
  /// without a classifier.
  ///
  /// transformers writes no names where they are its own for two labels, or only their number.
  func labels() throws -> [String] {
    let labels = try namesByID() ?? idsByName() ?? numberedLabels()
    try checkDiffer(labels)
    return labels
  }

  /// The most labels that a file without their names may have.
  private static let mostNumbered = 100_000

  private func namesByID() throws -> [String]? {
    guard let value = object["id2label"], value != .null else { return nil }
    guard let names = value.object else { throw wrong("id2label is no object of ids and names") }
    return try (0..<names.count).map { index in
      guard let name = names[String(index)]?.string else { throw wrong("id2label has no name for \(index)") }
      return name
    }
  }

  private func idsByName() throws -> [String]? {
    guard let value = object["label2id"], value != .null else { return nil }
    guard let ids = value.object else { throw wrong("label2id is no object of names and ids") }
    var labels = [String?](repeating: nil, count: ids.count)
    for (name, value) in ids.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard let id = value.integer, labels.indices.contains(id) else {
        throw wrong("label2id gives \"\(name)\" no id from 0 to \(ids.count - 1)")
      }
      if let other = labels[id] { throw wrong("label2id gives \"\(other)\" and \"\(name)\" the one id \(id)") }
      labels[id] = name
    }
    return labels.compactMap { $0 }
  }

  private func numberedLabels() throws -> [String] {
    let isClassifier = object["architectures"]?.array?.contains(.string("BertForSequenceClassification")) == true
    let isGiven = object["num_labels"].map { $0 != .null } ?? false
    let count = try isGiven ? size("num_labels") : isClassifier ? 2 : 0
    guard count <= Self.mostNumbered else { throw FarqError(.badData, "\(path): num_labels \(count) cannot be") }
    return (0..<count).map { "LABEL_\($0)" }
  }

  /// Two labels of one name would lose one's probability in every answer.
  private func checkDiffer(_ labels: [String]) throws {
    var ids: [String: Int] = [:]
    for (id, label) in labels.enumerated() {
      if let other = ids.updateValue(id, forKey: label) {
        throw wrong("id2label gives the ids \(other) and \(id) the one name \"\(label)\"")
      }
    }
  }

  private func wrong(_ what: String) -> FarqError {
    FarqError(.badData, "\(path): \(what); give each label a name and an id of its own")
  }
}
