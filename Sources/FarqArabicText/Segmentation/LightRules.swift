/// The rules of ``LightSegmenter``: first the prefixes from the front, then the suffixes from the end.
enum LightRules {
  /// The cut that the rules prefer.
  static func cut(_ word: Scalars) -> LightCut {
    var cut = LightCut(stem: word)
    if let closed = LightLexicon.closed(word) { return closed }
    LightPrefixes.cut(&cut)
    if let closed = LightLexicon.closed(cut.stem), !cut.isDefinite {
      return LightCut(prefixes: cut.prefixes + closed.prefixes, stem: closed.stem, suffixes: closed.suffixes)
    }
    if !LightLexicon.whole.contains(cut.stem) { LightSuffixes.cut(&cut) }
    return cut
  }

  /// The cuts that a vocabulary may choose from, the rules' own first, then those with fewer parts.
  static func candidates(_ word: Scalars) -> [LightCut] {
    let preferred = cut(word)
    var result = [preferred]
    for fronts in (0...preferred.prefixes.count).reversed() {
      for backs in (0...preferred.suffixes.count).reversed() {
        let stem =
          preferred.prefixes[fronts...].joined() + preferred.stem
          + preferred.suffixes[..<(preferred.suffixes.count - backs)].joined()
        result.append(
          LightCut(
            prefixes: Array(preferred.prefixes[..<fronts]), stem: Scalars(stem),
            suffixes: Array(preferred.suffixes[(preferred.suffixes.count - backs)...])))
      }
    }
    return result
  }
}
