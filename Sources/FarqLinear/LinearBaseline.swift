/// TF-IDF and a linear SVM: the model that a transformer has to beat to be worth its cost.
public struct LinearBaseline: Sendable {
  /// What training can be told; the defaults are those of scikit-learn's
  /// `TfidfVectorizer(sublinear_tf=True)` and `LinearSVC()`.
  public struct Options: Sendable, Equatable {
    /// Options of the vectorizer.
    public var tfidf: TfidfVectorizer.Options
    /// Options of the machine.
    public var svm: LinearSVM.Options

    /// Makes options.
    public init(
      tfidf: TfidfVectorizer.Options = TfidfVectorizer.Options(), svm: LinearSVM.Options = LinearSVM.Options()
    ) {
      self.tfidf = tfidf
      self.svm = svm
    }
  }

  /// Turns texts into rows.
  public let vectorizer: TfidfVectorizer
  /// Scores rows.
  public let machine: LinearSVM

  /// How many terms the model knows.
  public var featureCount: Int { vectorizer.featureCount }

  /// Trains on texts and their labels of `0..<classCount`.
  ///
  /// - Throws: ``FarqError`` `badData` where labels do not fit, fewer than two classes occur, or no text has a word.
  public static func train(
    texts: [String], labels: [Int], classCount: Int, options: Options = Options()
  ) throws -> LinearBaseline {
    let (vectorizer, matrix) = try TfidfVectorizer.fit(texts, options: options.tfidf)
    let machine = try LinearSVM.train(matrix, labels: labels, classCount: classCount, options: options.svm)
    return LinearBaseline(vectorizer: vectorizer, machine: machine)
  }

  /// Decision values, flat [texts × classes].
  public func scores(for texts: [String]) -> [Float] {
    machine.scores(vectorizer.transform(texts))
  }

  /// The class of the highest score of each text, the lowest class where scores tie.
  public func predict(_ texts: [String]) -> [Int] {
    let scores = scores(for: texts)
    let count = machine.classCount
    return texts.indices.map { row in
      (1..<count).reduce(0) { scores[row * count + $1] > scores[row * count + $0] ? $1 : $0 }
    }
  }
}
