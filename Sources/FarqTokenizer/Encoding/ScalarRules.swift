/// What happens to each scalar under given options: normaliser and word splitter.
struct ScalarRules: Sendable {
  let options: NormalizerOptions
  let properties: ScalarProperties
  /// Whether punctuation is a word of its own.
  let splitsPunctuation: Bool
  let strips: Bool

  init(_ options: NormalizerOptions, properties: ScalarProperties = .shared, splitsPunctuation: Bool = true) {
    self.options = options
    self.properties = properties
    self.splitsPunctuation = splitsPunctuation
    strips = options.stripsAccentsResolved
  }

  /// The canonical decomposition where accents are stripped, else the scalar itself.
  func decomposition(of scalar: UInt32) -> [UInt32] {
    strips ? properties.decomposition(of: scalar) : [scalar]
  }

  /// The lower case where that is asked for, else the scalar itself.
  func lowercase(of scalar: UInt32) -> [UInt32] {
    options.lowercase ? properties.lowercase(of: scalar) : [scalar]
  }

  /// Whether spaces are put around `scalar`.
  func isIdeograph(_ scalar: UInt32) -> Bool {
    options.handlesChineseCharacters && properties.flags(of: scalar).contains(.ideograph)
  }

  /// Whether cleaning removes `scalar`.
  func isCleaned(_ scalar: UInt32) -> Bool {
    options.cleanText && properties.flags(of: scalar).contains(.removed)
  }

  /// Whether cleaning turns `scalar` into a space.
  func isBlank(_ scalar: UInt32) -> Bool {
    options.cleanText && properties.flags(of: scalar).contains(.blank)
  }

  /// Whether accent stripping drops `scalar`, itself decomposed.
  func isDropped(_ scalar: UInt32) -> Bool {
    strips && properties.flags(of: scalar).contains(.nonspacingMark)
  }

  /// The canonical combining class, 0 for all where marks are not put in order.
  func combiningClass(of scalar: UInt32) -> UInt8 { strips ? properties.combiningClass(of: scalar) : 0 }

  /// What the word splitter does with a scalar that left the normaliser: word, separator or isolated.
  func splitAction(_ scalar: UInt32) -> UInt8 {
    let flags = properties.flags(of: scalar)
    if flags.contains(.white) { return ScalarAction.separator }
    return splitsPunctuation && flags.contains(.punctuation) ? ScalarAction.isolated : ScalarAction.word
  }

  /// The action for each scalar.
  func actions() -> [UInt8] {
    var all = [UInt8](repeating: ScalarAction.word, count: 0x110000)
    for scalar in UInt32(0)..<0x110000 where !properties.flags(of: scalar).isEmpty {
      all[Int(scalar)] = action(scalar)
    }
    guard strips else { return all }
    for scalar in 0xAC00..<0xD7A4 { all[scalar] = ScalarAction.mapped }
    for scalar in properties.nonstarters.keys where all[Int(scalar)] != ScalarAction.removed {
      all[Int(scalar)] = ScalarAction.reordered
    }
    return all
  }

  /// The action for a scalar that has flags.
  private func action(_ scalar: UInt32) -> UInt8 {
    let flags = properties.flags(of: scalar)
    if options.cleanText && flags.contains(.removed) { return ScalarAction.removed }
    if options.cleanText && flags.contains(.blank) { return ScalarAction.separator }
    if flags.contains(.mapped) || flags.contains(.nonspacingMark) {
      if isDropped(scalar) { return ScalarAction.removed }
      let parts = decomposition(of: scalar)
      if parts.contains(where: { combiningClass(of: $0) != 0 && !isDropped($0) }) { return ScalarAction.reordered }
      if parts.flatMap(lowercase(of:)) != [scalar] { return ScalarAction.mapped }
    }
    return isIdeograph(scalar) ? ScalarAction.isolated : splitAction(scalar)
  }
}
