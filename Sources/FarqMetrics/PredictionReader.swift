import FarqCore
public import Foundation

/// Reads predictions from JSON lines: `{"target": 3, "logits": […]}`, `{"target": 3, "probabilities": […]}`, or labels alone:
/// `{"target": 3, "prediction": 2}`.
///
/// Other names in a line are passed over. The file is read in pieces, so that only the numbers stay in memory. Where a line has
/// both, logits are taken; scores go before a predicted label. With a list of labels a label may be one of them, written as a
/// string; where no line has scores, names need no list and are numbered in the order of their bytes. `label` stands for
/// `target` where that is missing, `predicted` for `prediction`.
public struct PredictionReader {
  private let source: String
  private var names: LabelNames
  private var line = 0
  private var classCount = 0
  private var kind: ScoreKind?
  private var targets: [Int] = []
  /// The predicted labels, where there are no scores.
  private var predicted: [Int] = []
  private var scores: [Float] = []

  private init(source: String, labels: [String]) {
    self.source = source
    names = LabelNames(labels)
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
    return try reader.predictions()
  }

  private consuming func predictions() throws -> Predictions {
    guard !targets.isEmpty else {
      throw FarqError(.badData, "\(source) holds no predictions; give lines {\"target\": 3, \"logits\": […]}")
    }
    if let kind { return try Predictions(classCount: classCount, targets: targets, scores: scores, kind: kind) }
    let order = names.order()
    let (targets, labels) = (targets.map { order[$0] ?? $0 }, predicted.map { order[$0] ?? $0 })
    let highest = max(targets.max() ?? 0, labels.max() ?? 0)
    return try Predictions(classCount: max(2, names.listed, highest + 1), targets: targets, labels: labels)
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
    let fields: JSONLineScanner.Fields
    do { fields = try scanner.prediction(into: &scores) } catch let problem as JSONLineScanner.Problem {
      throw bad(problem.message)
    }
    guard let target = fields.target else { throw bad("no \"target\"; add the right label") }
    guard let kind = fields.kind, fields.count > 0 else { return try readLabels(target, fields.prediction) }
    guard predicted.isEmpty else { throw bad("scores where other lines have a label alone; give one kind") }
    if self.kind == nil { (self.kind, classCount) = (kind, fields.count) }
    guard kind == self.kind else { throw bad("logits and probabilities in one file; give one kind") }
    guard fields.count == classCount else { throw bad("\(fields.count) scores where others have \(classCount)") }
    let label = try label(target, mayBeNew: false)
    guard 0..<classCount ~= label else {
      throw bad("target \(label) is not one of the labels 0 to \(classCount - 1); check labels and scores")
    }
    if kind == .probabilities { try checkLastRow() }
    targets.append(label)
  }

  /// A line without scores.
  private mutating func readLabels(_ target: JSONLineScanner.Target, _ prediction: JSONLineScanner.Target?) throws {
    guard let prediction, kind == nil else {
      throw bad("neither \"logits\" nor \"probabilities\"\(kind == nil ? " nor \"prediction\"" : ""); add them")
    }
    for (side, value) in [("target", target), ("prediction", prediction)] {
      let label = try label(value, mayBeNew: true)
      // Every class costs memory: a number as large is no label but an id in the wrong place.
      guard 0..<(names.listed > 0 ? names.listed : 10_000) ~= label else {
        throw bad("\(side) \(label) is no label; labels are numbers from 0\(names.limit) or names")
      }
      if side == "target" { targets.append(label) } else { predicted.append(label) }
    }
  }

  private func checkLastRow() throws {
    for index in scores.count - classCount..<scores.count where scores[index] < -1e-6 || scores[index] > 1 + 1e-6 {
      throw bad("probability \(scores[index]) is not between 0 and 1; name the scores \"logits\" if they are")
    }
  }

  private mutating func label(_ target: JSONLineScanner.Target, mayBeNew: Bool) throws -> Int {
    switch target {
    case .number(let number):
      guard !names.isCollecting else { throw bad("label \(number) where other lines have names; give one kind") }
      return number
    case .text(let text):
      if mayBeNew, names.listed == 0, !names.isCollecting, !targets.isEmpty {
        throw bad("label \"\(text)\" where other lines have numbers; give one kind")
      }
      guard let number = names.number(of: text, mayBeNew: mayBeNew) else {
        throw bad("\"\(text)\" is no known label; give all labels with --labels, in the order of the scores")
      }
      return number
    }
  }

  private func bad(_ what: String) -> FarqError {
    FarqError(.badData, "\(source), line \(line): \(what)")
  }
}
