/// Wilson's interval of a share, such as accuracy (Wilson 1927): within 0...1, and sensible for few documents and for 100 %.
public enum WilsonInterval {
  /// The interval of `successes` of `trials`; 0...1 for no trials. As `proportion_confint(method="wilson")` of statsmodels.
  ///
  /// - Parameter deviations: how many standard deviations wide on each side; 1.96 for 95 %.
  public static func interval(
    successes: Int, trials: Int, deviations: Double = 1.959963984540054
  ) -> Interval {
    guard trials > 0 else { return Interval(0, 1) }
    let n = Double(trials)
    let share = Double(successes) / n
    let squared = deviations * deviations
    let center = (share + squared / (2 * n)) / (1 + squared / n)
    let spread = (share * (1 - share) / n + squared / (4 * n * n)).squareRoot()
    let half = deviations * spread / (1 + squared / n)
    return Interval(max(0, center - half), min(1, center + half))
  }
}
