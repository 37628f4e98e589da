/// Normaliser and word splitter fused: the action for every scalar under given options.
///
/// `@unchecked Sendable`: the memory is written in `init` alone.
final class ActionTable: @unchecked Sendable {
  let options: NormalizerOptions
  /// The page of each block of 256 scalars.
  let pages: UnsafeMutablePointer<UInt16>
  /// The actions, page after page.
  let actions: UnsafeMutablePointer<UInt8>
  /// The actions of the scalars below U+0800, unpaged.
  let low: UnsafeMutablePointer<UInt8>
  private let properties = ScalarProperties.shared
  private let strips: Bool

  init(_ options: NormalizerOptions) {
    self.options = options
    strips = options.stripsAccentsResolved
    var all = [UInt8](repeating: ScalarAction.word, count: 0x110000)
    for scalar in UInt32(0)..<0x110000 where !properties.flags(of: scalar).isEmpty {
      all[Int(scalar)] = Self.action(scalar, options: options, strips: strips, properties: properties)
    }
    if strips {
      for scalar in 0xAC00..<0xD7A4 { all[scalar] = ScalarAction.mapped }
      for scalar in properties.nonstarters.keys where all[Int(scalar)] != ScalarAction.removed {
        all[Int(scalar)] = ScalarAction.reordered
      }
    }
    let (pages, bytes) = PagedTable.compress(all)
    self.pages = .allocate(capacity: pages.count)
    self.pages.initialize(from: pages, count: pages.count)
    actions = .allocate(capacity: bytes.count)
    actions.initialize(from: bytes, count: bytes.count)
    low = .allocate(capacity: 0x800)
    low.initialize(from: all, count: 0x800)
  }

  deinit {
    pages.deallocate()
    actions.deallocate()
    low.deallocate()
  }

  /// The action for `scalar`, which is below 0x110000.
  @inline(__always)
  func action(_ scalar: UInt32) -> UInt8 {
    actions[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
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
    return flags.contains(.punctuation) ? ScalarAction.isolated : ScalarAction.word
  }

  private static func action(
    _ scalar: UInt32, options: NormalizerOptions, strips: Bool, properties: ScalarProperties
  ) -> UInt8 {
    let flags = properties.flags(of: scalar)
    if options.cleanText && flags.contains(.removed) { return ScalarAction.removed }
    if options.cleanText && flags.contains(.blank) { return ScalarAction.separator }
    guard flags.contains(.mapped) || flags.contains(.nonspacingMark) else { return splitAction(scalar, options, flags) }
    let decomposed = strips ? properties.decomposition(of: scalar) : [scalar]
    if strips {
      if flags.contains(.nonspacingMark) { return ScalarAction.removed }
      for part in decomposed
      where properties.combiningClass(of: part) != 0 && !properties.flags(of: part).contains(.nonspacingMark) {
        return ScalarAction.reordered
      }
    }
    let lowered = options.lowercase ? decomposed.flatMap(properties.lowercase(of:)) : decomposed
    return lowered != [scalar] ? ScalarAction.mapped : splitAction(scalar, options, flags)
  }

  private static func splitAction(
    _ scalar: UInt32, _ options: NormalizerOptions, _ flags: ScalarProperties.Flags
  ) -> UInt8 {
    if flags.contains(.white) { return ScalarAction.separator }
    let isolated =
      flags.contains(.punctuation) || (options.handlesChineseCharacters && flags.contains(.ideograph))
    return isolated ? ScalarAction.isolated : ScalarAction.word
  }
}
