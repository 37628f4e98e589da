/// A report with the name of its run: the folder's name.
public struct NamedRun: Sendable, Equatable {
  /// The name.
  public var name: String
  /// The report.
  public var report: RunReport

  /// Names a report.
  public init(name: String, report: RunReport) {
    self.name = name
    self.report = report
  }
}
