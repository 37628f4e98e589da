public import ArgumentParser
public import FarqArabicText
public import FarqDatasets
public import FarqExperiment
public import FarqExport
import FarqHub
public import FarqInference
public import FarqModels
public import FarqReport
public import FarqServer
public import FarqTokenizer
public import FarqTorch
public import FarqTraining
import Foundation
public import Logging

extension Precision: ExpressibleByArgument {}
extension LongDocument: ExpressibleByArgument {}
extension LogLines.Format: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
extension AttentionVariant: ExpressibleByArgument {}
extension FarqConfiguration.Architecture: ExpressibleByArgument {}
extension AttentionGranularity: ExpressibleByArgument {}
extension AttentionPairing: ExpressibleByArgument {}
extension AttentionStack: ExpressibleByArgument {}
extension HybridInitialization: ExpressibleByArgument {}
extension StartingPoint: ExpressibleByArgument {}
extension SelectionMetric: ExpressibleByArgument {}
extension LearningRateSchedule.Shape: ExpressibleByArgument {}
extension SpeedBenchmark.Task: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}
extension TokenizerCompatibility: ExpressibleByArgument {}
extension Segmentation: ExpressibleByArgument {}
extension RewriteStream.Form: ExpressibleByArgument {}

extension DataForm: ExpressibleByArgument {}
extension ModelExport.Format: ExpressibleByArgument {}

extension TextEncoding: ExpressibleByArgument {
  /// Reads a name, however it is written: `cp1256`, `Windows-1256`, `utf8`.
  public init?(argument: String) {
    self.init(named: argument)
  }
}

extension NameEncoding: ExpressibleByArgument {
  /// Reads a name, however it is written: `cp1256`, `Windows-1256`, `720`.
  public init?(argument: String) {
    self.init(named: argument)
  }
}

extension Placement: ExpressibleByArgument {
  /// Reads the word; what is wrong with it is said when the option is checked.
  public init?(argument: String) {
    guard let placement = try? Placement(argument) else { return nil }
    self = placement
  }
}

extension LambdaInit: ExpressibleByArgument {
  /// Reads `depth` or a number.
  public init?(argument: String) {
    if argument == "depth" {
      self = .depth
    } else if let value = Double(argument), value.isFinite {
      self = .constant(value)
    } else {
      return nil
    }
  }
}

/// A file or folder on the command line.
extension URL {
  /// The place that a user's word names, relative to where they are.
  init(userPath: String) {
    self.init(fileURLWithPath: (userPath as NSString).expandingTildeInPath)
  }

  /// As `init(userPath:)`, but `-` is standard input, and `sanad`, where no such file is, what `farq download sanad` fetched.
  init(dataPath: String) {
    let published = PublishedFile.sanad
    if dataPath == "-" {
      self.init(fileURLWithPath: "-")
    } else if dataPath == published.name, !FileManager.default.fileExists(atPath: dataPath) {
      self = published.place(HubSettings())
    } else {
      self.init(userPath: dataPath)
    }
  }
}
