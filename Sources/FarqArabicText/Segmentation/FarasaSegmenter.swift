import FarqCore
import Foundation

/// Farasa's segmentation (Abdelali et al. 2016) by the user's own jar: one Java process that stays, asked only for
/// words not seen before.
///
/// Farasa segments a word whatever stands beside it, so answers are kept by word. Each answer is checked: its letters
/// without `+` have to be the question's. A process that dies, hangs or answers something else is started again and
/// asked once more; what fails twice is an error.
///
/// `@unchecked Sendable`: all state is guarded by the lock.
public final class FarasaSegmenter: WordSegmenter, @unchecked Sendable {
  /// Words of one question, at most, and its bytes: Farasa's interactive mode breaks on long lines.
  private static let mostWords = 200
  private static let mostBytes = 4000
  private static let mostRemembered = 400_000

  private let options: FarasaOptions
  private let lock = NSLock()
  private var process: FarasaProcess?
  /// By scalars: Swift's strings are equal where their bytes need not be.
  private var known: [Scalars: String] = [:]
  private var starts = 0

  /// How often the process was started.
  public var startCount: Int { lock.withLock { starts } }

  /// Starts Farasa and asks it for one word.
  ///
  /// - Throws: ``FarqError``: `missingInput` without jar, `unavailable` where Java is missing or Farasa does not answer.
  public init(_ options: FarasaOptions) throws {
    guard FileManager.default.fileExists(atPath: options.jar.path) else {
      throw FarqError(
        .missingInput, "there is no Farasa at \(options.jar.path): give the path of FarasaSegmenterJar.jar")
    }
    guard options.timeout > 0, options.timeout.isFinite else {
      throw FarqError(.usage, "--farasa-timeout \(options.timeout): use a positive number of seconds")
    }
    guard options.java ?? FarasaProcess.java() != nil else {
      throw FarqError(
        .unavailable, "Farasa needs Java, which is neither in $JAVA_HOME nor on the path; install it or set JAVA_HOME")
    }
    self.options = options
    _ = try segment("اختبار")
  }

  /// The line with its words segmented; white space is joined.
  public func segment(_ line: String) throws -> String {
    let words = ScalarText.words(ScalarText.decode(line)).map(Scalars.init)
    return try lock.withLock {
      try learn(words)
      return words.map { known[$0] ?? ScalarText.encode($0) }.joined(separator: " ")
    }
  }

  /// Asks for those of the words that are not known yet.
  private func learn(_ words: [Scalars]) throws {
    if known.count > Self.mostRemembered { known.removeAll(keepingCapacity: true) }
    var question: [Scalars] = []
    var asked: Set<Scalars> = []
    var size = 0
    for word in words where known[word] == nil && Self.isWorthAsking(word) && asked.insert(word).inserted {
      // An Arabic letter is two bytes.
      let length = 2 * word.count + 1
      if question.count == Self.mostWords || (size + length > Self.mostBytes && !question.isEmpty) {
        try ask(question)
        (question, size) = ([], 0)
      }
      question.append(word)
      size += length
    }
    if !question.isEmpty { try ask(question) }
  }

  /// Digits, punctuation and Latin words come back as they went.
  private static func isWorthAsking(_ word: Scalars) -> Bool {
    word.contains { (0x621...0x64A).contains($0) }
  }

  private func ask(_ words: [Scalars]) throws {
    let question = ScalarText.encode(AffixPieces.join(words))
    var problem = ""
    for _ in 0..<2 {
      do throws(FarasaProcess.Problem) {
        let answer = try running().answer(to: question, timeout: options.timeout)
        guard let pieces = FarasaAnswer.align(answer, with: words) else {
          throw FarasaProcess.Problem(words: "answered other letters than it was asked for")
        }
        for (word, piece) in zip(words, pieces) { known[word] = piece }
        return
      } catch {
        problem = error.words
        process?.end()
        process = nil
      }
    }
    throw FarqError(
      .unavailable,
      "Farasa \(problem), twice, at '\(ScalarText.encode(words.first ?? []))'; try `java -jar \(options.jar.path)` by hand"
    )
  }

  private func running() throws(FarasaProcess.Problem) -> FarasaProcess {
    if let process { return process }
    let started = try FarasaProcess(options)
    process = started
    starts += 1
    return started
  }

  deinit { process?.end() }
}
