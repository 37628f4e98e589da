import FarqArabicText
import FarqCore
import FarqDatasets
import FarqTokenizer
import FarqTraining
import Foundation

/// Reads a run's text, a document at a time: for the vocabulary first, then for the ids. No text is kept.
struct PretrainingText {
  let plan: PretrainingPlan

  /// The words of the prepared documents to learn from, without the tokens that stay whole.
  func words(_ preparer: TextPreparer) throws -> WordCounter {
    var counter = WordCounter(normalizer: PretrainedSizes.normalizer)
    let whole = Set(AraBERTVocabulary.neverSplit(preparer.preparation))
    try forEach { text, isHeldOut in
      if !isHeldOut { counter.add(ScratchModel.words(try preparer.prepare(text), without: whole)) }
    }
    return counter
  }

  /// The ids of the documents to learn from, and of those held out.
  func corpora(_ tokenizer: BERTTokenizer, _ preparer: TextPreparer) throws -> (
    training: TokenCorpus, heldOut: TokenCorpus
  ) {
    var (training, heldOut) = (TokenCorpus(), TokenCorpus())
    try forEach { text, isHeldOut in
      let ids = try tokenizer.ids(of: preparer.prepare(text))
      if isHeldOut { heldOut.append(ids) } else { training.append(ids) }
    }
    guard training.tokenCount > 0 else {
      throw FarqError(
        .badData, "\(plan.data.path) has no text to train on: give documents of the split 'train', or --all-splits")
    }
    return (training, heldOut)
  }

  /// Hands over the text of each document of the run, and whether it is held out; the same ones each time.
  private func forEach(_ body: (String, Bool) throws -> Void) throws {
    let options = LoadOptions(
      textColumn: plan.textColumn, splitColumn: plan.splitColumn, requireLabels: false, ignoresLabels: true)
    var generator = SeededGenerator(seed: plan.settings.training.seed ^ 0x4845_4C44)
    var counts: [String: Int] = [:]
    try DocumentReader(url: plan.data, options: options).forEach { document in
      guard plan.takesAllSplits || document.split == nil || document.split == .train else { return }
      let label = document.label ?? ""
      counts[label, default: 0] += 1
      if let limit = plan.trainLimit, counts[label, default: 0] > limit { return }
      let isHeldOut = Double(generator.below(1 << 30)) < plan.heldOutShare * Double(1 << 30)
      try body(document.text, isHeldOut)
    }
  }
}
