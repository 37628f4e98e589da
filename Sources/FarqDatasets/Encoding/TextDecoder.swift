import FarqCore

/// Converts the bytes of one file, piece by piece, to UTF-8.
///
/// The first piece decides between UTF-16 and the rest, the first piece with a byte beyond ASCII between UTF-8 and
/// the single-byte encodings; from then on the file has to stay with it. Memory: one piece.
struct TextDecoder {
  /// The name of the file, for messages.
  let name: String
  /// The encoding, once decided; nil as long as only ASCII was seen.
  private(set) var encoding: TextEncoding?
  /// Bytes of the file that were converted.
  private var offset = 0
  private var isStarted = false
  /// The start of a sequence that the end of a piece cut off.
  private var rest: [UInt8] = []
  private let forced: TextEncoding?

  /// Makes a decoder for the file `name`; `forced` is the encoding that the user gave.
  init(name: String, forced: TextEncoding? = nil) {
    self.name = name
    self.forced = forced
  }

  /// Converts `piece` and hands the UTF-8 to `body`; `isLast` says that the file ends here.
  ///
  /// - Throws: ``FarqError`` `badData` with file and byte offset where the bytes are no text; what `body` throws.
  mutating func decode<Result>(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    guard rest.isEmpty else {
      var joined = rest
      joined.append(contentsOf: piece)
      rest = []
      return try joined.withUnsafeBufferPointer { try decodeWhole($0, isLast: isLast, body) }
    }
    return try decodeWhole(piece, isLast: isLast, body)
  }

  private mutating func decodeWhole<Result>(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    // Two units tell UTF-16; a shorter piece waits for the next.
    if !isStarted, !isLast, piece.count < 4 {
      rest = Array(piece)
      return try body(UnsafeBufferPointer(start: nil, count: 0))
    }
    let bytes = try UnsafeBufferPointer(rebasing: piece.dropFirst(start(piece)))
    switch encoding {
    case nil, .utf8, .utf8WithByteOrderMark:
      return try body(try validated(bytes, isLast: isLast))
    case .utf16LittleEndian, .utf16BigEndian:
      let converted = try convertUTF16(bytes, isLast: isLast)
      return try converted.withUnsafeBufferPointer(body)
    case .windows1256, .iso8859Part6:
      let converted = try convertSingleByte(bytes)
      return try converted.withUnsafeBufferPointer(body)
    }
  }

  /// Decides the encoding as far as `piece` tells it; returns the length of the byte order mark.
  private mutating func start(_ piece: UnsafeBufferPointer<UInt8>) throws -> Int {
    guard encoding == nil else { return 0 }
    let finding = isStarted ? EncodingDetector.detectASCIISuperset(piece) : EncodingDetector.detect(piece)
    let isFirst = !isStarted
    isStarted = true
    if let forced { return isFirst ? force(forced, finding) : 0 }
    switch finding {
    case .ascii: return 0
    case .unknown(let position): throw notText(at: offset + position)
    case .encoding(let found, let markLength):
      encoding = found
      offset += markLength
      return markLength
    }
  }

  /// Takes the user's word, and still steps over the byte order mark that belongs to it.
  private mutating func force(_ forced: TextEncoding, _ finding: EncodingDetector.Finding) -> Int {
    encoding = forced
    guard case .encoding(let found, let markLength) = finding else { return 0 }
    let isUTF8 = found == .utf8WithByteOrderMark && forced == .utf8
    guard found == forced || isUTF8 else { return 0 }
    encoding = found
    offset += markLength
    return markLength
  }

  private mutating func validated(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool
  ) throws -> UnsafeBufferPointer<UInt8> {
    let finding = UTF8Validation.check(bytes)
    if finding.validCount < bytes.count {
      guard finding.isCutOff, !isLast else { throw notText(at: offset + finding.validCount) }
      rest = Array(bytes[finding.validCount...])
    }
    offset += finding.validCount
    return UnsafeBufferPointer(rebasing: bytes[..<finding.validCount])
  }

  private mutating func convertUTF16(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) throws -> [UInt8] {
    let result = UTF16Conversion.convert(bytes, isBigEndian: encoding == .utf16BigEndian)
    if result.consumed < bytes.count {
      guard result.isCutOff, !isLast else { throw notText(at: offset + result.consumed) }
      rest = Array(bytes[result.consumed...])
    }
    offset += result.consumed
    return result.utf8
  }

  private mutating func convertSingleByte(_ bytes: UnsafeBufferPointer<UInt8>) throws -> [UInt8] {
    guard let encoding, let table = SingleByteTable.of(encoding) else { return Array(bytes) }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 2)
    for (position, byte) in bytes.enumerated() {
      if byte < 0x80 {
        output.append(byte)
      } else if let scalar = Unicode.Scalar(table[Int(byte) - 128]), scalar.value != 0 {
        output.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
      } else {
        throw notText(at: offset + position)
      }
    }
    offset += bytes.count
    return output
  }

  private func notText(at position: Int) -> FarqError {
    let reading = (encoding ?? .utf8).rawValue
    return FarqError(
      .badData, "\(name): the byte at offset \(position) is not \(reading); save the file as UTF-8 or name its encoding"
    )
  }
}
