import FarqCore
import FarqDatasets
import FarqSample
import Foundation

extension DataSettings {
  /// Where the data lies, Farq's own where none is named.
  func place() throws -> URL {
    guard let location = location ?? SampleCorpus.file else {
      throw FarqError(.missingInput, "Farq's own corpus was not found beside the executable: name data with --data")
    }
    return location
  }

  /// The data, with the test documents of ``testLocation`` where that is given; nothing is cleaned or split yet.
  func load(_ options: LoadOptions) throws -> Dataset {
    let own = try Dataset.load(from: place(), options: options)
    return try testLocation.map { try own.tested(on: .load(from: $0, options: options)) } ?? own
  }
}
