import FarqModels
import FarqTorch

/// Builds the trainable model of a configuration.
struct ModelBuilder {
  let settings: ExperimentSettings
  let device: Device
  /// Tokens of a document, at most.
  let maximumLength: Int

  /// The plan of a configuration, for a model of these sizes; a hybrid keeps its own.
  func plan(_ model: ModelConfiguration, _ sizes: BERTConfiguration) throws -> AttentionPlan {
    guard sizes.plan.isStandard else { return sizes.plan }
    return try AttentionRequest(
      variant: model.variant, ratio: model.ratio, granularity: settings.granularity, placement: settings.placement,
      pairing: settings.pairing, stack: settings.stack, lambdaInit: settings.lambdaInit,
      ignoresMask: settings.ignoresMask
    ).plan(for: sizes)
  }

  /// The model, from the checkpoint that it starts from.
  func build(_ model: ModelConfiguration, from checkpoint: BERTCheckpoint) throws -> any DocumentClassifier {
    let plan = try plan(model, checkpoint.configuration)
    let isConverted = checkpoint.configuration.plan.isStandard && !plan.isStandard
    let conversion = HybridConversion(
      plan: plan, initialization: settings.initialization, seed: model.seed, paddedLength: maximumLength)
    var converted = checkpoint.configuration.plan.isStandard ? try conversion(checkpoint) : checkpoint
    if let dropout = settings.dropout {
      converted.configuration.hiddenDropout = dropout
      converted.configuration.attentionDropout = dropout
      converted.configuration.classifierDropout = nil
    }
    return try ClassifierFactory.make(
      converted.configuration, weights: converted.weights, seed: model.seed, device: device, trainable: true,
      mayDraw: { name in BERTCheckpoint.isHead(name) || (isConverted && HybridConversion.isNew(name)) })
  }
}
