@testable import FarqTokenizer

/// Two tokenizers with a vocabulary of their own.
enum FuzzTokenizers {
  static let fast = make { $0.normalizer = NormalizerOptions(stripsAccents: nil, lowercase: true) }
  static let slow = make {
    $0.normalizer = NormalizerOptions(stripsAccents: false, lowercase: false)
    $0.neverSplit = ["ال+", "+ة", "[رابط]", "é"]
  }

  private static func make(_ change: (inout TokenizerConfiguration) -> Void) -> BERTTokenizer? {
    let letters =
      (0x21...0x7E).map { String(UnicodeScalar(UInt8($0))) } + "ابتثجحخدذرزسشصضطظعغفقكلمنهوية".map { String($0) }
    let tokens =
      ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ال+", "+ة", "[رابط]", "é", "كتاب", "##اب", "the", "##ing"]
      + letters
      + letters.map { "##\($0)" }
    var configuration = TokenizerConfiguration()
    change(&configuration)
    return try? BERTTokenizer(vocabulary: Vocabulary(tokens: tokens), configuration: configuration)
  }

  /// The quick way and the way that keeps places have to agree, and a limit has to cut and nothing else.
  static func check(_ tokenizer: BERTTokenizer?, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard let tokenizer else { preconditionFailure("the fuzzer's vocabulary is broken") }
    let text = String(decoding: bytes, as: UTF8.self)
    let ids = tokenizer.encode(utf8: bytes)
    precondition(ids == tokenizer.encode(text), "broken bytes read otherwise than U+FFFD")
    precondition(ids == tokenizer.encodeWithOffsets(text).map(\.id), "ids differ with offsets")
    precondition(tokenizer.encode(utf8: bytes, maximumLength: 8).dropLast() == ids.prefix(min(8, ids.count)).dropLast())
  }
}
