/// The actions of ``ScalarRules`` laid out for reading at speed.
///
/// `@unchecked Sendable`: the memory is written in `init` alone.
final class ActionTable: @unchecked Sendable {
  /// Where the actions come from.
  let rules: ScalarRules
  /// The page of each block of 256 scalars.
  private let pages: UnsafeMutablePointer<UInt16>
  /// The actions, page after page.
  private let actions: UnsafeMutablePointer<UInt8>
  /// The actions of the scalars below U+0800, unpaged.
  let low: UnsafeMutablePointer<UInt8>

  init(_ rules: ScalarRules) {
    self.rules = rules
    let all = rules.actions()
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
}
