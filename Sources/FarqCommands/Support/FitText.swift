import FarqModels

/// What a closed-form fit left, for people.
enum FitText {
  /// `layer 2 fitted: its attention output was off by 154.0 % of its size, now by 49.0 %`
  static func line(_ error: HybridFit.LayerError) -> String {
    let percent = { (share: Double) in NumberText.fixed(share * 100, 1) + " %" }
    return
      "layer \(error.layer) fitted: its attention output was off by \(percent(error.before)) of its size, now by \(percent(error.after))"
  }
}
