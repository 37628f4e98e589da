import FarqCore
public import Foundation

/// Reads predictions from JSON lines: `{"target": 3, "logits": […]}` or `{"target": 3, "probabilities": […]}`.
///
/// Other names in a line are passed over. The file is read in pieces, so that only the numbers stay in memory. Where a line has
/// both, logits are taken. With a list of labels a target may be one of them, written as a string.
public struct PredictionReader {
  private let source: String
  private let labels: [String: Int]
  private var line = 0
  private var classCount = 0
  private var kind: ScoreKind?
  private var targets: [Int] = []
  private var scores: [Float] = []

  private init(source: String, labels: [String]) {
    self.source = source
    self.labels = Dictionary(zip(labels, labels.indices), uniquingKeysWith: { first, _ in first })
  }

  /// Reads the file `url`.
  ///
  /// - Throws: ``FarqError`` `missingInput` or `inputOutput` where it cannot be read, `badData` with file and line.
  public static func read(_ url: URL, labels: [String] = []) throws -> Predictions {
    guard let handle = FileHandle(forReadingAtPath: url.path) else {
      throw FarqError(.missingInput, "cannot open \(url.path); check the path and its rights")
    }
    defer { try? handle.close() }
    return try read(handle, source: url.path, labels: labels)
  }

  /// Reads an open file or standard input; `source` is its name in errors.
  ///
  /// - Throws: ``FarqError`` `inputOutput` where it cannot be read, `badData` with source and line.
  public static func read(_ handle: FileHandle, source: String, labels: [String] = []) throws -> Predictions {
    var reader = PredictionReader(source: source, labels: labels)
    try reader.consume(handle)
    guard let kind = reader.kind else {
      throw FarqError(.badData, "\(source) holds no predictions; give lines {\"target\": 3, \"logits\": […]}")
    }
    return try Predictions(
      classCount: reader.classCount, targets: reader.targets, scores: reader.scores, kind: kind)
  }

  private mutating func consume(_ handle: FileHandle) throws {
    var rest: [UInt8] = []
    while true {
      let piece: Data?
      do { piece = try handle.read(upToCount: 1 << 20) } catch {
        throw FarqError(.inputOutput, "cannot read \(source): \(error.localizedDescription); check the file")
      }
      guard let piece, !piece.isEmpty else { break }
      rest += piece
      let used = try readLines(rest)
      rest.removeFirst(used)
    }
    rest.append(10)
    _ = try readLines(rest)
  }

  /// Reads the lines that end in `bytes`, and says how many bytes those are.
  private mutating func readLines(_ bytes: [UInt8]) throws -> Int {
    try bytes.withUnsafeBufferPointer { buffer in
      var start = 0
      var end = 0
      while end < buffer.count {
        guard buffer[end] == 10 else {
          end += 1
          continue
        }
        line += 1
        var scanner = JSONLineScanner(buffer, start..<end)
        if !scanner.isBlank { try readLine(&scanner) }
        end += 1
        start = end
      }
      return start
    }
  }

  private mutating func readLine(_ scanner: inout JSONLineScanner) throws {
    let fields: (target: JSONLineScanner.Target?, kind: ScoreKind?, count: Int)
    do { fields = try scanner.prediction(into: &scores) } catch let problem as JSONLineScanner.Problem {
      throw bad(problem.message)
    }
    guard let target = fields.target else { throw bad("no \"target\"; add the right label") }
    guard let kind = fields.kind, fields.count > 0 else {
      throw bad("neither \"logits\" nor \"probabilities\"; add the scores of every class")
    }
    if self.kind == nil { (self.kind, classCount) = (kind, fields.count) }
    guard kind == self.kind else { throw bad("logits and probabilities in one file; give one kind") }
    guard fields.count == classCount else { throw bad("\(fields.count) scores where others have \(classCount)") }
    let label = try label(target)
    guard 0..<classCount ~= label else {
      throw bad("target \(label) is not one of the labels 0 to \(classCount - 1); check labels and scores")
    }
    if kind == .probabilities { try checkLastRow() }
    targets.append(label)
  }

  private func checkLastRow() throws {
    for index in scores.count - classCount..<scores.count where scores[index] < -1e-6 || scores[index] > 1 + 1e-6 {
      throw bad("probability \(scores[index]) is not between 0 and 1; name the scores \"logits\" if they are")
    }
  }

  private func label(_ target: JSONLineScanner.Target) throws -> Int {
    switch target {
    case .number(let number): return number
    case .text(let text):
      guard let number = labels[text] else { throw bad("target \"\(text)\" is no known label; check the label list") }
      return number
    }
  }

  private func bad(_ what: String) -> FarqError {
    FarqError(.badData, "\(source), line \(line): \(what)")
  }
}
