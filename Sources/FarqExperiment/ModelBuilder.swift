import FarqCore
import FarqInference
import FarqModels
import FarqTorch

/// Builds the trainable model of a configuration.
struct ModelBuilder {
  let settings: ExperimentSettings
  let device: Device
  /// Tokens of a document, at most.
  let maximumLength: Int
  /// The texts that `fitted` reads.
  let texts: any TokenPieces

  /// The model, from the checkpoint that it starts from; `report` is told what a fit left.
  func build(
    _ model: ModelConfiguration, from checkpoint: BERTCheckpoint, _ report: (HybridFit.LayerError) -> Void = { _ in }
  ) throws -> any DocumentClassifier {
    let plan = try settings.plan(model, checkpoint.configuration)
    let isConverted = checkpoint.configuration.plan.isStandard && !plan.isStandard
    let conversion = HybridConversion(
      plan: plan, initialization: settings.initialization, seed: model.seed, paddedLength: maximumLength,
      lambdaBias: settings.lambdaBias)
    var converted = checkpoint.configuration.plan.isStandard ? try conversion(checkpoint) : checkpoint
    if let dropout = settings.dropout {
      converted.configuration.hiddenDropout = dropout
      converted.configuration.attentionDropout = dropout
      converted.configuration.classifierDropout = nil
    }
    let built = try ClassifierFactory.make(
      converted.configuration, weights: converted.weights, seed: model.seed, device: device, trainable: true,
      mayDraw: { name in BERTCheckpoint.isHead(name) || (isConverted && HybridConversion.isNew(name)) })
    guard isConverted, settings.initialization == .fitted else { return built }
    let baseline = try ClassifierFactory.make(
      checkpoint.configuration, weights: checkpoint.weights, seed: model.seed, device: device,
      mayDraw: BERTCheckpoint.isHead)
    try HybridFit(built, to: baseline)(
      on: FitTexts(texts, tokens: settings.fitTokens, seed: model.seed).batches(on: device), report)
    return built
  }
}

extension ExperimentSettings {
  /// The plan of a configuration, for a model of these sizes; a hybrid keeps its own.
  func plan(_ model: ModelConfiguration, _ sizes: BERTConfiguration) throws -> AttentionPlan {
    guard sizes.plan.isStandard else { return sizes.plan }
    return try AttentionRequest(
      variant: model.variant, ratio: model.ratio, granularity: granularity, placement: placement,
      pairing: pairing, stack: stack, lambdaInit: lambdaInit,
      ignoresMask: ignoresMask
    ).plan(for: sizes)
  }
}
