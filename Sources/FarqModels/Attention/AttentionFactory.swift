import FarqTorch

/// Chooses the self-attention of each layer by the plan.
struct AttentionFactory {
  let plan: AttentionPlan
  let stack: AttentionStack
  let size: AttentionSize

  /// The attention of `layer`, its tensors from `scope` (`…attention.self`).
  func make(_ scope: ParameterScope, layer: Int) throws -> any SelfAttention {
    let heads = plan.changes(stack) ? plan.differentialHeads(inLayer: layer, of: size.heads) : 0
    guard heads > 0 else { return try StandardAttention(scope, size) }
    let lambdaInitial = plan.lambdaInit.value(atLayer: layer)
    switch plan.variant {
    case .standard: return try StandardAttention(scope, size)
    case .diff:
      return try DifferentialAttention(
        scope, size, heads: heads, pairing: plan.pairing ?? .pair, lambdaInitial: lambdaInitial)
    case .diffV2: return try DifferentialAttentionV2(scope, size, heads: heads)
    case .dex: return try DEXAttention(scope, size, heads: heads, lambdaInitial: lambdaInitial)
    case .notebook: return try NotebookAttention(scope, size, heads: heads, lambdaInitial: lambdaInitial)
    }
  }
}
