import FarqCore
import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The cache on disk, in the layout that Hugging Face's clients share: `blobs/<etag>` holds content, `refs/<revision>` a
/// commit, and `snapshots/<commit>/<file>` are relative links to the blobs.
struct HubCache: Sendable {
  let folder: URL
  private let locks: URL

  init(_ cache: URL, _ repository: HubRepository) {
    folder = cache.appendingPathComponent(repository.folder)
    locks = cache.appendingPathComponent(".locks").appendingPathComponent(repository.folder)
  }

  /// A folder of its own, for what is no repository.
  init(_ cache: URL, at name: String) {
    folder = cache
    locks = cache.appendingPathComponent(".locks").appendingPathComponent(name)
  }

  /// The folder of a commit's files.
  func snapshot(_ commit: String) -> URL {
    folder.appendingPathComponent("snapshots").appendingPathComponent(commit)
  }

  func blob(_ etag: String) -> URL { folder.appendingPathComponent("blobs").appendingPathComponent(etag) }

  /// The commit that a revision was last seen at; nil where it was never asked for.
  func commit(_ repository: HubRepository) -> String? {
    if repository.isCommit { return repository.revision }
    let file = folder.appendingPathComponent("refs").appendingPathComponent(repository.revision)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let commit = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return HubRepository.isCommit(commit) ? commit : nil
  }

  /// Keeps the commit of a branch or tag.
  func keep(_ commit: String, of repository: HubRepository) throws {
    guard !repository.isCommit, self.commit(repository) != commit else { return }
    let file = folder.appendingPathComponent("refs").appendingPathComponent(repository.revision)
    try makeFolder(of: file)
    try AtomicFile.write(commit, to: file)
  }

  /// Whether a file of a commit is here: its link leads to a blob.
  func has(_ file: String, _ commit: String) -> Bool {
    FileManager.default.fileExists(atPath: snapshot(commit).appendingPathComponent(file).path)
  }

  /// Links a file of a commit to its blob.
  func link(_ file: String, _ commit: String, to etag: String) throws {
    let place = snapshot(commit).appendingPathComponent(file)
    guard !has(file, commit) else { return }
    try makeFolder(of: place)
    unlink(place.path)  // a link whose blob is gone
    let depth = file.split(separator: "/").count + 1
    let target = String(repeating: "../", count: depth) + "blobs/\(etag)"
    guard symlink(target, place.path) == 0 || has(file, commit) else {
      throw FarqError(.inputOutput, "cannot make the link \(place.path): \(String(cString: strerror(errno)))")
    }
  }

  /// Runs `body` while no other process fetches the same blob; the lock is `filelock`'s, as Python's client uses.
  func locked<Result>(_ etag: String, _ body: () async throws -> Result) async throws -> Result {
    let file = locks.appendingPathComponent("\(etag).lock")
    try makeFolder(of: file)
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FarqError(.inputOutput, "cannot open \(file.path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 { try await Task.sleep(for: .milliseconds(100)) }
    return try await body()
  }

  /// - Throws: ``FarqError`` `inputOutput` with the folder and the reason.
  func makeFolder(of file: URL) throws {
    let folder = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FarqError(
        .inputOutput,
        "cannot make \(folder.path): \(error.localizedDescription); set HF_HOME to a folder you may write to")
    }
  }
}
