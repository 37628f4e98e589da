import FarqModels
import FarqTorch
import Foundation

/// Which parameters decay and how fast each learns.
enum ParameterGroups {
  /// Matrices decay; biases, norms and λ (everything with one dimension) do not, as in transformers' trainer. The rate
  /// falls from layer to layer downwards; what differential attention added learns by its own factor, wherever it is,
  /// and so does the classifier.
  ///
  /// - Parameter layers: how many the model's stacks have.
  static func make(
    _ store: ParameterStore, new: Set<String>, layers: Int, _ settings: TrainingSettings
  ) -> [ParameterGroup] {
    let factors = store.names.map { name in
      if new.contains(name) { return settings.newParameterFactor }
      if name.hasPrefix("classifier.") { return settings.headFactor }
      return pow(settings.layerDecay, Double(depth(of: name, layers: layers)))
    }
    let decays = store.names.map { (store[$0]?.shape.count ?? 0) >= 2 }
    return [true, false].flatMap { decaying in
      Set(factors).sorted(by: >).map { factor in
        let names = store.names.indices.filter { factors[$0] == factor && decays[$0] == decaying }
          .map { store.names[$0] }
        return ParameterGroup(
          names: names, parameters: names.compactMap { store[$0] },
          weightDecay: decaying ? settings.weightDecay : 0, learningRateFactor: factor)
      }
    }.filter { !$0.parameters.isEmpty }
  }

  /// How deep a parameter lies: 0 above the layers, 1 in the last of them, one more than there are in the embeddings.
  private static func depth(of name: String, layers: Int) -> Int {
    if name.contains("embeddings.") { return layers + 1 }
    return HybridConversion.layer(of: name).map { layers - $0 } ?? 0
  }
}
