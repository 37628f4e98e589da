import AsyncHTTPClient
import FarqCore
import Foundation
import NIOCore
import NIOHTTP1

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Fetches one file to a temporary name beside its place, goes on where an earlier attempt stopped, checks it, and moves it.
struct FileDownload: Sendable {
  /// The address that its bytes come from.
  let address: String
  /// Where it belongs.
  let place: URL
  /// Its bytes, where they are known.
  var size: Int?
  /// What its bytes must hash to.
  var check: Check?
  /// The file's name in messages.
  let name: String
  /// Told of bytes that came; a negative number where those of an earlier attempt are of no use.
  var progress: @Sendable (Int) -> Void = { _ in }

  /// A check of the whole content.
  enum Check: Sendable, Equatable {
    /// SHA-256 of the bytes, 64 digits: files that git stores elsewhere (LFS).
    case sha256(String)
    /// git's name of a blob, 40 digits: SHA-1 of `blob <size>\0` and the bytes.
    case git(String)

    /// The check that an etag of the hub allows; nil for one of another form.
    init?(etag: String) {
      guard HubRepository.isHexadecimal(etag) else { return nil }
      switch etag.utf8.count {
      case 64: self = .sha256(etag)
      case 40: self = .git(etag)
      default: return nil
      }
    }
  }

  private var part: URL {
    place.deletingLastPathComponent().appendingPathComponent(place.lastPathComponent + ".incomplete")
  }

  /// Fetches the file, in as many attempts as the settings allow.
  ///
  /// - Throws: ``FarqError``: `unavailable` for the network, `inputOutput` for a full disk (what came is kept), `badData`
  ///   where the content is not what the hub says (what came is thrown away).
  func run(_ transport: HubTransport) async throws {
    let handle = try open()
    defer { try? handle.close() }
    let before = Int(try handle.seekToEnd())
    try checkSpace(before)
    progress(before)
    try await transport.retrying { try await fetch(transport, handle) }
    let got = Int(try handle.seekToEnd())
    if let size, got != size {
      throw discard("\(name) has \(got) bytes where the hub says \(size): it was thrown away; try again")
    }
    guard try check.map({ try matches($0, got) }) ?? true else {
      throw discard("\(name) does not have the checksum that the hub gives: it was thrown away; try again")
    }
    try handle.synchronize()
    guard rename(part.path, place.path) == 0 else { throw failure("cannot move it into its place") }
  }

  private func open() throws -> FileHandle {
    let descriptor = systemOpen(part.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("cannot write it") }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private func fetch(_ transport: HubTransport, _ handle: FileHandle) async throws {
    let offset = Int(try handle.seekToEnd())
    if let size, offset == size { return }
    if let size, offset > size { try restart(handle, offset) }
    let start = Int(try handle.seekToEnd())
    let response = try await transport.get(address, from: start)
    switch response.status.code {
    case 200: if start > 0 { try restart(handle, start) }
    case 206: break
    case 416:
      try restart(handle, start)
      throw HubTransport.Passing(error: FarqError(.unavailable, "\(name): the server has no such part; try again"))
    default: throw HubFailure.of(response, address, name: name)
    }
    do {
      for try await buffer in response.body {
        try write(buffer, handle)
        progress(buffer.readableBytes)
      }
    } catch let error where !(error is FarqError || error is CancellationError) {
      throw HubTransport.Passing(error: HubTransport.unreachable(address, error))
    }
    let now = Int(try handle.seekToEnd())
    if let size, now < size {
      throw HubTransport.Passing(
        error: FarqError(
          .unavailable, "\(name) broke off after \(now) of \(size) bytes; the same command goes on there"))
    }
  }

  private func restart(_ handle: FileHandle, _ count: Int) throws {
    try handle.truncate(atOffset: 0)
    progress(-count)
  }

  private func write(_ buffer: ByteBuffer, _ handle: FileHandle) throws {
    try buffer.withUnsafeReadableBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = systemWrite(handle.fileDescriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
        guard count > 0 else { throw failure("cannot write it") }
        done += count
      }
    }
  }

  private func checkSpace(_ before: Int) throws {
    var info = statvfs()
    guard let size, statvfs(place.deletingLastPathComponent().path, &info) == 0 else { return }
    let free = Int(info.f_bavail) * Int(info.f_frsize)
    guard size - before > free else { return }
    throw FarqError(
      .inputOutput,
      "\(name) needs \((size - before) / 1_000_000) MB more, and \(free / 1_000_000) MB are free at \(place.deletingLastPathComponent().path): free some, or set HF_HOME"
    )
  }

  private func matches(_ check: Check, _ size: Int) throws -> Bool {
    let digest: Digest
    let expected: String
    switch check {
    case .sha256(let digits): (digest, expected) = (Digest(.sha256), digits)
    case .git(let digits):
      (digest, expected) = (Digest(.sha1), digits)
      digest.update(Array("blob \(size)\0".utf8))
    }
    let reader = try FileHandle(forReadingFrom: part)
    defer { try? reader.close() }
    while let data = try reader.read(upToCount: 1 << 20), !data.isEmpty { data.withUnsafeBytes { digest.update($0) } }
    return digest.hexadecimal() == expected
  }

  private func discard(_ message: String) -> FarqError {
    unlink(part.path)
    return FarqError(.badData, message)
  }

  private func failure(_ what: String) -> FarqError {
    let reason = String(cString: strerror(errno))
    return FarqError(
      .inputOutput, "\(name): \(what) (\(reason)) at \(part.path): free some space, or set HF_HOME; what came is kept")
  }
}

/// `open` and `write` of the system, whose names this file needs for itself.
private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
