import FarqLinear
import FarqTesting
import Testing

/// TF-IDF and the linear SVM against scikit-learn's on texts with every oddity of words.
@Suite struct ScikitLearnTests {
  private struct Task: Decodable {
    let texts: [String]
    let labels: [Int]
    let tests: [String]
    let vocabulary: [String]
    let idf: [Double]
    /// Column and value of what each test text holds.
    let rows: [[[Double]]]
    let decisions: [[Double]]
    let predictions: [Int]
  }

  private static func task(_ name: String) throws -> Task {
    try #require(try Fixture.decode([String: Task].self, from: "linear.json")[name])
  }

  @Test(arguments: ["three", "two"])
  func vectorizerIsScikitLearns(_ name: String) throws {
    let task = try Self.task(name)
    let (vectorizer, _) = try TfidfVectorizer.fit(task.texts)
    // Scalars, since equality of strings takes composed and decomposed letters for the same.
    #expect(
      vectorizer.vocabulary.map { Array($0.unicodeScalars) } == task.vocabulary.map { Array($0.unicodeScalars) })
    #expect(zip(vectorizer.inverseDocumentFrequencies, task.idf).allSatisfy { abs($0 - $1) < 1e-10 })
    let matrix = vectorizer.transform(task.tests)
    for (row, expected) in task.rows.enumerated() {
      let entries = matrix.rowStarts[row]..<matrix.rowStarts[row + 1]
      #expect(matrix.columns[entries].map { Double($0) } == expected.map { $0[0] }, "\(task.tests[row])")
      #expect(zip(matrix.values[entries], expected).allSatisfy { abs($0 - $1[1]) < 1e-10 }, "\(task.tests[row])")
    }
  }

  @Test(arguments: ["three", "two"])
  func machineIsScikitLearns(_ name: String) throws {
    let task = try Self.task(name)
    let classes = task.decisions[0].count
    let options = LinearBaseline.Options(svm: LinearSVM.Options(tolerance: 1e-8))
    let model = try LinearBaseline.train(
      texts: task.texts, labels: task.labels, classCount: classes, options: options)
    let scores = model.scores(for: task.tests)
    for (index, expected) in task.decisions.joined().enumerated() {
      #expect(abs(Double(scores[index]) - expected) < 1e-4, "text \(index / classes)")
    }
    #expect(model.predict(task.tests) == task.predictions)
    // With the tolerance that Farq uses the predictions are the same too.
    let plain = try LinearBaseline.train(texts: task.texts, labels: task.labels, classCount: classes)
    #expect(plain.predict(task.tests) == task.predictions)
  }
}
