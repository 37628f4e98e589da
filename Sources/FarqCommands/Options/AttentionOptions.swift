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

  @Option(name: .customLong("init"), help: "random, pretrained or anneal: how the replaced places begin.")
  var initialization = HybridInitialization.anneal

  @Flag(help: "Differential heads attend to padding, as the notebook's did; with --attention notebook only.")
  var ignoreMask = false
}
