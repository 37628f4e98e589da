import ArgumentParser
import FarqDatasets

/// What is removed from the data; the report says how much.
struct CleaningOptions: ParsableArguments {
  @Flag(help: "Removes marks of the source: Title/Body lines, datelines that name it, agencies' letters.")
  var stripMarkers = false

  @Flag(help: "Keeps one document of each text in each split.")
  var dropDuplicates = false

  @Flag(help: "Removes from training what also stands, or nearly, in validation or test.")
  var dropLeaks = false

  /// The steps.
  var steps: CleaningSteps {
    CleaningSteps(stripsMarkers: stripMarkers, dropsDuplicates: dropDuplicates, dropsLeaks: dropLeaks)
  }
}
