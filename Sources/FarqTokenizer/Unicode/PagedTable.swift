/// A table over all scalars in pages of 256 bytes, equal pages stored once.
enum PagedTable {
  /// The page number of each block of 256 scalars, and the pages one after another.
  static func compress(_ values: [UInt8]) -> (pages: [UInt16], bytes: [UInt8]) {
    var pages: [UInt16] = []
    var bytes: [UInt8] = []
    var known: [ArraySlice<UInt8>: UInt16] = [:]
    for start in stride(from: 0, to: values.count, by: 256) {
      let page = values[start..<start + 256]
      if let number = known[page] {
        pages.append(number)
        continue
      }
      let number = UInt16(bytes.count / 256)
      known[page] = number
      pages.append(number)
      bytes.append(contentsOf: page)
    }
    return (pages, bytes)
  }
}
