import FarqTesting
import FarqTokenizer
import Foundation

/// What a peer gave for the texts of a fixture under several configurations.
struct PeerIDs: Decodable {
  struct Configuration: Decodable {
    let lowercase: Bool
    let strip_accents: Bool?
    let handle_chinese_chars: Bool
    let ids: [[Int32]]

    var normalizer: NormalizerOptions {
      NormalizerOptions(
        handlesChineseCharacters: handle_chinese_chars, stripsAccents: strip_accents, lowercase: lowercase)
    }
  }

  struct Broken: Decodable {
    let bytes: [UInt8]
    let ids: [Int32]
  }

  let texts: [String]
  let configurations: [Configuration]
  let broken: [Broken]?
  let never_split: [String]?
}
