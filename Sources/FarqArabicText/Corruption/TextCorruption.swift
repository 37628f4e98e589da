public import FarqCore

/// Spelling as it is met in hurried text; each kind changes some of the places that it can change, at a given rate.
public enum SpellingNoise: String, Sendable, Codable, CaseIterable {
  /// A letter loses its dots, or one of several: ج خ → ح, ذ → د, ز → ر, ش → س, ض → ص, ظ → ط, غ → ع, ث → ت, ق → ف, ة → ه, ي → ى.
  case dots
  /// A hamza is left out: أ إ آ → ا, ؤ → و, ئ → ى.
  case hamza
  /// The space between two words that both are Arabic is left out.
  case joined

  /// The text with noise.
  ///
  /// - Parameters:
  ///   - rate: the probability that a place that can change does, from 0 to 1.
  ///   - generator: decides which places; one number is drawn for each place that can change.
  public func applied(to text: String, rate: Double, using generator: inout SeededGenerator) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let change = self.change(at: index, in: scalars)
      guard change != .none, Double(generator.next() >> 11) * 0x1p-53 < rate else {
        result.append(scalar)
        continue
      }
      if case .becomes(let other) = change { result.append(other) }
    }
    return String(result)
  }

  private enum Change: Equatable {
    case none
    case becomes(Unicode.Scalar)
    case vanishes
  }

  private func change(at index: Int, in scalars: [Unicode.Scalar]) -> Change {
    switch self {
    case .dots: Self.withoutDots[scalars[index]].map { .becomes($0) } ?? .none
    case .hamza: Self.withoutHamza[scalars[index]].map { .becomes($0) } ?? .none
    case .joined:
      scalars[index] == " " && index > 0 && index + 1 < scalars.count && Self.isLetter(scalars[index - 1])
        && Self.isLetter(scalars[index + 1]) ? .vanishes : .none
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { (0x0621...0x064A).contains(scalar.value) }

  private static let withoutDots: [Unicode.Scalar: Unicode.Scalar] = [
    "ج": "ح", "خ": "ح", "ذ": "د", "ز": "ر", "ش": "س", "ض": "ص", "ظ": "ط", "غ": "ع", "ث": "ت", "ق": "ف", "ة": "ه",
    "ي": "ى",
  ]
  private static let withoutHamza: [Unicode.Scalar: Unicode.Scalar] = [
    "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ى",
  ]
}

/// A passage of another text, put into a text whose label it does not share.
public enum DistractingPassage {
  /// Where it is put.
  public enum Place: String, Sendable, Codable, CaseIterable {
    /// Before the text.
    case before
    /// Between two words, half of the text's words before it.
    case inside
    /// After the text: beyond the model's length it is not read.
    case after
  }

  /// `count` words of `text` that follow each other, from a place that `generator` decides; all of a shorter text.
  public static func passage(of text: String, words count: Int, using generator: inout SeededGenerator) -> String {
    let words = words(text)
    guard words.count > count else { return words.map { String(text[$0]) }.joined(separator: " ") }
    let start = generator.below(words.count - count + 1)
    return String(text[words[start].lowerBound..<words[start + count - 1].upperBound])
  }

  /// `text` with `passage` in a line of its own.
  public static func inserted(_ passage: String, into text: String, at place: Place) -> String {
    switch place {
    case .before: return passage + "\n" + text
    case .after: return text + "\n" + passage
    case .inside:
      let words = words(text)
      guard words.count > 1 else { return text + "\n" + passage }
      let cut = words[words.count / 2 - 1].upperBound
      return text[..<cut] + "\n" + passage + "\n" + text[words[words.count / 2].lowerBound...]
    }
  }

  /// Where words stand: what lies between white space.
  private static func words(_ text: String) -> [Range<String.Index>] {
    var words: [Range<String.Index>] = []
    var start: String.Index?
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let isSpace = scalars[index].properties.isWhitespace
      if isSpace, let begin = start {
        words.append(begin..<index)
        start = nil
      } else if !isSpace, start == nil {
        start = index
      }
    }
    if let start { words.append(start..<scalars.endIndex) }
    return words
  }
}
