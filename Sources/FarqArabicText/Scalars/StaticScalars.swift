/// A constant text as scalars.
struct StaticScalars: Sendable, ExpressibleByStringLiteral {
  /// The scalars.
  let scalars: Scalars

  init(stringLiteral text: String) {
    scalars = text.unicodeScalars.map(\.value)
  }
}
