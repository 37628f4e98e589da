#if canImport(CryptoKit)
  import CryptoKit
#else
  import CCrypto
#endif

/// SHA-256 over pieces (FIPS 180-4): CryptoKit's where the system has it, else libcrypto's.
public final class SHA256Digest {
  #if canImport(CryptoKit)
    private var hash = SHA256()

    /// An empty digest.
    public init() {}

    /// Adds bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    /// The 32 bytes; nothing can be added afterwards.
    public func finish() -> [UInt8] { Array(hash.finalize()) }
  #else
    private let context = EVP_MD_CTX_new()

    /// An empty digest.
    public init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

    /// The 32 bytes; nothing can be added afterwards.
    public func finish() -> [UInt8] {
      var digest = [UInt8](repeating: 0, count: 32)
      EVP_DigestFinal_ex(context, &digest, nil)
      return digest
    }
  #endif

  /// The 32 bytes as 64 hexadecimal digits; nothing can be added afterwards.
  public func hexadecimal() -> String {
    finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Adds bytes.
  public func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
}
