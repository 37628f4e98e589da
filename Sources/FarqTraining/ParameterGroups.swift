import FarqTorch

/// Which parameters decay and which learn faster.
enum ParameterGroups {
  /// Matrices decay; biases, norms and λ (everything with one dimension) do not, as in transformers' trainer. What
  /// differential attention added learns by its own factor, and so does the classifier.
  static func make(_ store: ParameterStore, new: Set<String>, _ settings: TrainingSettings) -> [ParameterGroup] {
    let head = Set(store.names.filter { $0.hasPrefix("classifier.") })
    let known = Set(store.names).subtracting(new).subtracting(head)
    return [true, false].flatMap { decays in
      [(known, 1), (new, settings.newParameterFactor), (head, settings.headFactor)].map {
        part, factor in
        let names = store.names.filter { part.contains($0) && (store[$0]?.shape.count ?? 0 >= 2) == decays }
        return ParameterGroup(
          names: names, parameters: names.compactMap { store[$0] }, weightDecay: decays ? settings.weightDecay : 0,
          learningRateFactor: factor)
      }
    }.filter { !$0.parameters.isEmpty }
  }
}
