/// A bar whose length is a share; bars against are hatched, so that colour is not the only difference.
struct AmountBar: Sendable {
  /// From 0 to 1.
  var share: Double
  /// Whether it counts for the label.
  var isFor: Bool

  /// The bar; it says nothing that the number beside it does not.
  var markup: Markup {
    let width = share.isFinite ? min(max(share, 0), 1) * 100 : 0
    return .tag(
      "span", ["class": "track", "aria-hidden": "true"],
      .tag("span", ["class": isFor ? "amount" : "amount minus", "style": "inline-size:\(ChartFrame.number(width))%"]))
  }
}
