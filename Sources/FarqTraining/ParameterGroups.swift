import FarqTorch

/// Which parameters decay and which learn faster.
enum ParameterGroups {
  /// Matrices decay; biases, norms and λ (everything with one dimension) do not, as in transformers' trainer. What
  /// differential attention added learns by its own factor.
  static func make(_ store: ParameterStore, new: Set<String>, _ settings: TrainingSettings) -> [ParameterGroup] {
    return [true, false].flatMap { decays in
      [false, true].map { isNew in
        let names = store.names.filter { name in
          (store[name]?.shape.count ?? 0 >= 2) == decays && new.contains(name) == isNew
        }
        return ParameterGroup(
          names: names, parameters: names.compactMap { store[$0] }, weightDecay: decays ? settings.weightDecay : 0,
          learningRateFactor: isNew ? settings.newParameterFactor : 1)
      }
    }.filter { !$0.parameters.isEmpty }
  }
}
