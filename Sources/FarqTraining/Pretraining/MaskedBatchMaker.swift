import FarqCore

/// Makes batches of a corpus: packed sequences with words hidden anew each time they are read.
struct MaskedBatchMaker {
  let corpus: TokenCorpus
  let layout: SequenceLayout
  let masking: WordMasking
  let classificationID: Int32
  let separatorID: Int32
  let seed: UInt64
  /// What documents are about, where batches have to say it.
  let subjects: LatentSemantics?

  /// A batch of these sequences; what is hidden depends on seed, epoch and sequence alone.
  func batch(_ sequences: [(sequence: Int, epoch: Int)]) -> MaskedBatch {
    var batch = MaskedBatch()
    for (sequence, epoch) in sequences {
      var generator = generator(sequence, epoch)
      for range in layout[sequence] {
        var piece = Array(corpus.ids[range])
        let targets = masking.mask(&piece, using: &generator)
          .map { WordMasking.Target(place: $0.place + 1, id: $0.id) }
        batch.append(
          [classificationID] + piece + [separatorID], targets: targets,
          subject: subjects?[corpus.document(at: range.lowerBound)] ?? [])
      }
    }
    return batch
  }

  private func generator(_ sequence: Int, _ epoch: Int) -> SeededGenerator {
    var mixer = SeededGenerator(seed: seed ^ UInt64(epoch) << 40 ^ UInt64(sequence))
    return SeededGenerator(seed: mixer.next())
  }
}
