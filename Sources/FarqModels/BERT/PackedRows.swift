import FarqCore
public import FarqTorch

/// A batch of documents as rows without padding: the tokens of all documents, one after the other.
///
/// B documents, T rows in all, N the longest document's tokens. Only attention asks where a document ends.
public final class PackedRows {
  /// Where each document begins, and T at the end: B + 1 numbers.
  public let offsets: [Int]
  /// The device of the index tensors.
  public let device: Device

  /// How many rows of each document are no padding; nil where all are.
  private let unpaddedLengths: [Int]?

  /// - Parameters:
  ///   - lengths: the number of tokens of each document, at least 1.
  ///   - unpaddedLengths: how many of them, from the first, are no padding; nil where all are.
  public init(lengths: [Int], unpaddedLengths: [Int]? = nil, device: Device = .cpu) throws {
    guard !lengths.isEmpty, lengths.allSatisfy({ $0 > 0 }) else {
      throw FarqError(.fault, "a batch needs documents of at least one token")
    }
    self.unpaddedLengths = unpaddedLengths
    offsets = lengths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    self.device = device
  }

  private init(offsets: [Int], device: Device) {
    (self.offsets, self.device, unpaddedLengths) = (offsets, device, nil)
  }

  /// B, the number of documents.
  public var documentCount: Int { offsets.count - 1 }
  /// T, the number of rows.
  public var rowCount: Int { offsets[documentCount] }
  /// The number of tokens of each document.
  public var lengths: [Int] { zip(offsets, offsets.dropFirst()).map { $1 - $0 } }
  /// N, the longest document's tokens.
  public private(set) lazy var maximumLength: Int = lengths.max() ?? 0

  /// The row of each document's first token, [B].
  public func firstRows() throws -> Tensor {
    try Tensor(offsets.dropLast().map(Int64.init), shape: [documentCount]).to(device)
  }

  /// The first row of each document: [T, …] → [B, …]
  public func first(of x: Tensor) throws -> Tensor {
    try x.selecting(0, firstRows())
  }

  /// The same documents, of each its first token alone.
  public var firstOnly: PackedRows { PackedRows(offsets: Array(0...documentCount), device: device) }

  /// The place of each row in the padded batch [B · N], [T].
  public func places() throws -> Tensor {
    if let cachedPlaces { return cachedPlaces }
    let width = maximumLength
    var places: [Int64] = []
    places.reserveCapacity(rowCount)
    for (document, length) in lengths.enumerated() {
      places.append(contentsOf: (0..<length).map { Int64(document * width + $0) })
    }
    let tensor = try Tensor(places, shape: [rowCount]).to(device)
    cachedPlaces = tensor
    return tensor
  }

  /// True where a place of the padded batch holds a token, [B, N].
  public func mask() throws -> Tensor {
    if let cachedMask { return cachedMask }
    let width = maximumLength
    let values = lengths.flatMap { length in (0..<width).map { $0 < length } }
    let tensor = try Tensor(values, shape: [documentCount, width]).to(device)
    cachedMask = tensor
    return tensor
  }

  /// Rows [T, h · d] → heads of the padded batch [B, h, N, d], zero where there is no token.
  public func heads(_ rows: Tensor, count: Int, size: Int) throws -> Tensor {
    let width = maximumLength
    let padded =
      documentCount * width == rowCount
      ? rows : try rows.scattered(to: places(), count: documentCount * width)  // [B · N, h · d]
    return
      try padded
      .reshaped([documentCount, width, count, size])  // [B, N, h, d]
      .transposed(1, 2)  // [B, h, N, d]
  }

  /// Heads of the padded batch [B, h, N, d] → rows [T, h · d].
  public func rows(_ heads: Tensor) throws -> Tensor {
    let shape = heads.shape
    let flat =
      try heads
      .transposed(1, 2)  // [B, N, h, d]
      .reshaped([shape[0] * shape[2], shape[1] * shape[3]])  // [B · N, h · d]
    return flat.shape[0] == rowCount ? flat : try flat.selecting(0, places())  // [T, h · d]
  }

  /// The rows that are no padding, and their places among these rows; nil where there is no padding.
  func withoutPadding() throws -> (rows: PackedRows, places: Tensor)? {
    guard let unpaddedLengths else { return nil }
    if let cachedUnpadded { return cachedUnpadded }
    let places = zip(offsets, unpaddedLengths).flatMap { start, length in (0..<length).map { Int64(start + $0) } }
    let unpadded = (
      rows: try PackedRows(lengths: unpaddedLengths, device: device),
      places: try Tensor(places, shape: [places.count]).to(device)
    )
    cachedUnpadded = unpadded
    return unpadded
  }

  private var cachedUnpadded: (rows: PackedRows, places: Tensor)?
  private var cachedPlaces: Tensor?
  private var cachedMask: Tensor?
}
