import ArgumentParser
import FarqCore
import FarqModels

/// What replaces self-attention, and where.
struct AttentionOptions: ParsableArguments {
  @Option(help: "layers (whole layers) or heads (the first heads of every layer).")
  var granularity = AttentionGranularity.layers

  @Option(
    help: "Which layers: first, last (best where it was measured), spread, alternate, or a list as 0,3,7.")
  var placement = Placement.last

  @Option(
    help: "pair (heads 2h and 2h+1 form one) or split (halves of a head); by default pair for layers, split for heads.")
  var pairing: AttentionPairing?

  @Option(help: "encoder, decoder or both: which stack of an encoder-decoder.")
  var stack = AttentionStack.encoder

  @Option(help: "λ_init: depth (0.8 − 0.6·exp(−0.3·layer)) or a number.")
  var lambdaInit: LambdaInit?

  @Option(
    name: .customLong("init"),
    help:
      "random, pretrained, anneal or fitted (to the pretrained layers, on unlabelled training texts): how the replaced places begin."
  )
  var initialization = HybridInitialization.anneal

  @Option(help: ArgumentHelp("Tokens of training texts that --init fitted reads.", valueName: "n"))
  var fitTokens = 100_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What λ of diff-v2 starts from, as σ of this number: −4 is 0.018, 0 is 0.5.", valueName: "number"))
  var lambdaBias = HybridConversion.defaultLambdaBias

  @Flag(help: "Differential heads attend to padding, as the notebook's did; with --attention notebook only.")
  var ignoreMask = false

  func validate() throws {
    guard fitTokens >= 1 else { throw FarqError(.usage, "--fit-tokens \(fitTokens): use 1 or more") }
    guard abs(lambdaBias) <= 20 else { throw FarqError(.usage, "--lambda-bias \(lambdaBias): use -20 to 20") }
  }
}
