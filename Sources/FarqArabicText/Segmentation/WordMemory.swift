import Foundation

/// How words were cut, kept by word.
final class WordMemory {
  private static let mostWords = 100_000
  private var known: [Scalars: (prefixes: PieceLengths, suffixes: PieceLengths)] = [:]

  /// How `word` was cut, or how `make` cuts it.
  func recall(_ word: WordView, _ make: (WordView) -> LightCut) -> LightCut {
    let letters = word.scalars
    if let (prefixes, suffixes) = known[letters] {
      return LightCut(
        prefixes: prefixes, stem: word.dropFirst(prefixes.sum).dropLast(suffixes.sum), suffixes: suffixes)
    }
    if known.count >= Self.mostWords { known.removeAll(keepingCapacity: true) }
    let cut = make(word)
    known[letters] = (cut.prefixes, cut.suffixes)
    return cut
  }
}

/// Memories lent to one caller at a time, so that threads do not wait for each other.
///
/// `@unchecked Sendable`: the free list is guarded by the lock, and a memory is used by who took it alone.
final class MemoryPool<Memory>: @unchecked Sendable {
  private let lock = NSLock()
  private let make: @Sendable () -> Memory
  private var free: [Memory] = []

  /// Makes a pool whose memories begin as `make` gives them.
  init(_ make: @escaping @Sendable () -> Memory) {
    self.make = make
  }

  /// Runs `body` with a memory of its own.
  func lend<Result>(_ body: (Memory) throws -> Result) rethrows -> Result {
    let memory = lock.withLock { free.popLast() } ?? make()
    defer { lock.withLock { free.append(memory) } }
    return try body(memory)
  }
}
