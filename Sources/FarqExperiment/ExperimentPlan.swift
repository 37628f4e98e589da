import FarqCore
import FarqModels
import FarqTraining

/// The models of a run, in the order in which they are trained.
struct ExperimentPlan {
  let models: [ModelConfiguration]

  init(_ settings: ExperimentSettings) throws {
    guard settings.seedCount >= 1 else { throw FarqError(.usage, "--seeds \(settings.seedCount): use 1 or more") }
    guard settings.ratios.allSatisfy({ (0...1).contains($0) }), !settings.ratios.isEmpty else {
      throw FarqError(.usage, "--ratios takes shares from 0 to 1, as 0,0.25,0.5")
    }
    models = (0..<settings.seedCount).flatMap { index in
      Self.models(settings, seed: settings.training.seed &+ UInt64(index), isFirst: index == 0)
    }
    let names = models.map(\.name)
    guard Set(names).count == names.count else {
      throw FarqError(.usage, "--ratios or --attention names one configuration twice: name each once")
    }
  }

  private init(models: [ModelConfiguration]) { self.models = models }

  /// The same models, each the hybrid `sizes`, trained on as it is.
  func trainingOn(_ sizes: BERTConfiguration) -> ExperimentPlan {
    let plan = sizes.plan
    let ratio =
      plan.granularity == .layers
      ? Double(plan.layers?.count ?? 0) / Double(sizes.layerCount)
      : Double(plan.heads?.count ?? 0) / Double(sizes.headCount)
    let name = "\(plan.variant.rawValue)-\(Self.percent(ratio))"
    return ExperimentPlan(
      models: models.map {
        ModelConfiguration(
          name: name, family: name, variant: plan.variant, ratio: ratio, seed: $0.seed, startsFrom: nil)
      })
  }

  /// Models, by their places, that one process after the other can take: those that begin with another one's result stay
  /// with it.
  func units(_ settings: ExperimentSettings) -> [[Int]] {
    guard settings.start == .finetuned else { return models.indices.map { [$0] } }
    return Dictionary(grouping: models.indices) { models[$0].seed }.values.sorted { $0[0] < $1[0] }
  }

  private static func models(_ settings: ExperimentSettings, seed: UInt64, isFirst: Bool) -> [ModelConfiguration] {
    let suffix = isFirst ? "" : "-seed-\(seed)"
    let fromBaseline = settings.start == .finetuned
    let hybrids = settings.variants.filter { $0 != .standard }.flatMap { variant in
      settings.ratios.filter { $0 > 0 }.map { ratio in
        let family = "\(variant.rawValue)-\(percent(ratio))"
        return ModelConfiguration(
          name: family + suffix, family: family, variant: variant, ratio: ratio, seed: seed,
          startsFrom: fromBaseline ? "baseline" + suffix : nil)
      }
    }
    let hasBaseline = settings.ratios.contains(0) || fromBaseline
    let baseline = ModelConfiguration(
      name: "baseline" + suffix, family: "baseline", variant: .standard, ratio: 0, seed: seed, startsFrom: nil)
    let control = ModelConfiguration(
      name: "baseline-continued" + suffix, family: "baseline-continued", variant: .standard, ratio: 0, seed: seed,
      startsFrom: "baseline" + suffix)
    return (hasBaseline ? [baseline] : []) + (fromBaseline && !hybrids.isEmpty ? [control] : []) + hybrids
  }

  /// 0.25 → `25`, 0.125 → `12.5`
  private static func percent(_ ratio: Double) -> String {
    let value = (ratio * 100_000).rounded() / 1000
    return value == value.rounded() ? String(Int(value)) : String(value)
  }
}
