import FarqExperiment

extension ExperimentSettings {
  /// Takes over where attention is replaced.
  mutating func apply(_ options: AttentionOptions) {
    granularity = options.granularity
    placement = options.placement
    pairing = options.pairing
    stack = options.stack
    lambdaInit = options.lambdaInit
    initialization = options.initialization
    ignoresMask = options.ignoreMask
    fitTokens = options.fitTokens
    lambdaBias = options.lambdaBias
  }

  /// Takes over how text is read.
  mutating func apply(_ options: ModelOptions) {
    architecture = options.architecture
    maximumLength = options.maxLength
    long = options.long
    tokenizerCompatibility = options.tokenizerCompat
  }
}
