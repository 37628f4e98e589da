import FarqCore
import FarqSample
public import Foundation

/// Where a model lies that comes with Farq.
public enum ModelFolder {
  /// The name of the model that runs begin with where none is named.
  public static let defaultName = IncludedModel.name

  /// The folder of the model called `name`; nil where Farq brings none of that name.
  public static func included(_ name: String) -> URL? {
    name == IncludedModel.name ? IncludedModel.folder : nil
  }
}
