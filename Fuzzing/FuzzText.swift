@testable import FarqArabicText
@testable import FarqDatasets

/// Cleaning, segmentation and encodings.
enum FuzzText {
  private static let preprocessors = AraBERTFamily.allCases.map(AraBERTPreprocessor.init(family:))

  /// Every family; the second generation's cleaning leaves nothing for a second cleaning's white space.
  static func preprocess(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else { return }
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    let preprocessor = preprocessors[Int(first) % preprocessors.count]
    let plain = try? preprocessor.preprocess(text)
    precondition(plain?.utf8.first != 0x20 && plain?.utf8.last != 0x20, "white space is left at an end")
    _ = try? preprocessor.preprocess(text, segmenter: LightSegmenter())
    _ = preprocessor.preprocess(presegmented: text)
  }

  /// No letter is lost or made.
  static func segment(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    let letters = { (text: String) in text.utf8.filter { $0 != UInt8(ascii: "+") } }
    let cut = LightSegmenter().segment(text)
    precondition(letters(cut) == letters(text), "segmentation changed letters")
    _ = FarasaAnswer.align(text, with: ScalarText.words(ScalarText.decode(text)).map(Scalars.init))
  }

  /// What is decoded is UTF-8.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else { return }
    let text = UnsafeBufferPointer(rebasing: bytes.dropFirst())
    _ = EncodingDetector.detect(text)
    var decoder = TextDecoder(name: "fuzz")
    let cut = Int(first) % (text.count + 1)
    do {
      for (piece, isLast) in [(text[..<cut], false), (text[cut...], true)] {
        try decoder.decode(UnsafeBufferPointer(rebasing: piece), isLast: isLast) { utf8 in
          precondition(String(validating: utf8, as: UTF8.self) != nil, "decoded bytes are no UTF-8")
        }
      }
    } catch {}
  }
}
