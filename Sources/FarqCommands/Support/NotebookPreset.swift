import FarqExperiment
import FarqModels
import FarqTraining

/// `--preset notebook`: the protocol of the public notebook, but for what the command line says itself.
enum NotebookPreset {
  /// 2,857 training and 714 test documents a label, seed 42, 3 epochs, batch 16, rate 2e-5, decay 0.01, no warm-up, the
  /// first half of the layers replaced by the notebook's layer with random weights, from the fine-tuned baseline, the
  /// best epoch by accuracy on the test split.
  static func apply(to settings: inout ExperimentSettings, given: Set<String>) {
    func unlessGiven(_ option: String, _ set: (inout ExperimentSettings) -> Void) {
      if !given.contains(option) { set(&settings) }
    }
    settings.data.selectsOnTest = true
    unlessGiven("--train-limit") { $0.data.trainLimit = 2857 }
    unlessGiven("--test-limit") { $0.data.testLimit = 714 }
    unlessGiven("--ratios") { $0.ratios = [0, 0.5] }
    unlessGiven("--attention") { $0.variants = [.notebook] }
    unlessGiven("--placement") { $0.placement = .first }
    unlessGiven("--init") { $0.initialization = .random }
    unlessGiven("--start") { $0.start = .finetuned }
    unlessGiven("--epochs") { ($0.training.epochs, $0.training.choosesEpochs) = (3, false) }
    unlessGiven("--batch-size") { $0.training.batchSize = 16 }
    unlessGiven("--learning-rate") { $0.training.learningRate = 2e-5 }
    unlessGiven("--weight-decay") { $0.training.weightDecay = 0.01 }
    unlessGiven("--warmup-ratio") { $0.training.warmupRatio = 0 }
  }
}
