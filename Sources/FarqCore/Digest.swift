#if canImport(CryptoKit)
  import CryptoKit
#else
  import CCrypto
#endif

/// A digest over pieces: CryptoKit's where the system has it, else libcrypto's.
public final class Digest {
  /// The algorithms.
  public enum Algorithm: Sendable {
    /// SHA-256 (FIPS 180-4), 32 bytes.
    case sha256
    /// SHA-1 (FIPS 180-4), 20 bytes: git's names of blobs, never for safety.
    case sha1
  }

  #if canImport(CryptoKit)
    private var hash: any HashFunction

    /// An empty digest.
    public init(_ algorithm: Algorithm = .sha256) {
      hash = algorithm == .sha256 ? SHA256() : Insecure.SHA1()
    }

    /// Adds bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    /// The bytes; nothing can be added afterwards.
    public func finish() -> [UInt8] { Array(hash.finalize()) }
  #else
    private let context = EVP_MD_CTX_new()

    /// An empty digest.
    public init(_ algorithm: Algorithm = .sha256) {
      EVP_DigestInit_ex(context, algorithm == .sha256 ? EVP_sha256() : EVP_sha1(), nil)
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

    /// The bytes; nothing can be added afterwards.
    public func finish() -> [UInt8] {
      var digest = [UInt8](repeating: 0, count: 64)
      var count: UInt32 = 0
      EVP_DigestFinal_ex(context, &digest, &count)
      return Array(digest[..<Int(count)])
    }
  #endif

  /// The bytes in hexadecimal digits; nothing can be added afterwards.
  public func hexadecimal() -> String {
    finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Adds bytes.
  public func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
}
