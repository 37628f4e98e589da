import FarqCore

/// Texts one after the other as UTF-8: in memory while they are few, else in a temporary file without a name, so that
/// the memory that a data set takes does not grow with its texts.
package final class TextStore: Sendable {
  /// Texts of so many bytes in all stay in memory.
  package static let memoryLimit = 32 << 20
  private let memory: [UInt8]
  private let file: MappedFile?

  fileprivate init(memory: [UInt8], file: MappedFile?) {
    self.memory = memory
    self.file = file
  }

  /// The text that begins at `offset`.
  package func text(at offset: Int, byteCount: Int) -> String {
    let range = offset..<offset + byteCount
    guard let file else { return String(decoding: memory[range], as: UTF8.self) }
    return String(decoding: file.read(range), as: UTF8.self)
  }

  /// Gathers texts.
  package struct Writer {
    private var memory: [UInt8] = []
    private var file: NamelessFile?
    private let limit: Int

    /// - Parameter limit: the bytes that stay in memory.
    package init(limit: Int = TextStore.memoryLimit) {
      self.limit = limit
    }

    /// Adds a text; returns where it begins.
    ///
    /// - Throws: ``FarqError`` `inputOutput` where the temporary file cannot be written.
    package mutating func add(_ text: String) throws -> Int {
      var text = text
      return try text.withUTF8 { bytes in
        if file == nil, memory.count + bytes.count > limit { try spill() }
        guard let file else {
          memory.append(contentsOf: bytes)
          return memory.count - bytes.count
        }
        let offset = file.count
        try file.append(UnsafeRawBufferPointer(bytes))
        return offset
      }
    }

    /// The texts, to be read.
    package func finish() throws -> TextStore {
      TextStore(memory: memory, file: try file?.map())
    }

    private mutating func spill() throws {
      let file = try NamelessFile()
      try memory.withUnsafeBytes { try file.append($0) }
      memory = []
      self.file = file
    }
  }
}
