/// Which cleaning steps a data set goes through, always in this order.
public struct CleaningSteps: Sendable, Codable, Equatable {
  /// Marks of the source are removed from the texts.
  public var stripsMarkers: Bool
  /// One document of each text is kept in each split.
  public var dropsDuplicates: Bool
  /// What also stands, or nearly, in a split that measures is removed from the one that learns.
  public var dropsLeaks: Bool

  /// Makes steps; by default none.
  public init(stripsMarkers: Bool = false, dropsDuplicates: Bool = false, dropsLeaks: Bool = false) {
    self.stripsMarkers = stripsMarkers
    self.dropsDuplicates = dropsDuplicates
    self.dropsLeaks = dropsLeaks
  }

  /// The cleaned data set, and an account of each step.
  ///
  /// - Throws: ``FarqError``: `badData` where nothing, or a single label, is left; `inputOutput` where the temporary file
  ///   of changed texts cannot be written.
  public func apply(to dataset: Dataset, requireLabels: Bool = true) throws -> (
    dataset: Dataset, accounts: [CleaningAccount]
  ) {
    var result = dataset
    var accounts: [CleaningAccount] = []
    func take(_ step: (dataset: Dataset, account: CleaningAccount)) {
      result = step.dataset
      accounts.append(step.account)
    }
    if stripsMarkers { take(try result.stripMarkers()) }
    if dropsDuplicates { take(result.dropDuplicates()) }
    if dropsLeaks { take(result.dropLeaks()) }
    try result.check(requireLabels: requireLabels)
    return (result, accounts)
  }
}
