public import Foundation

/// Where the user's Farasa lies and how long it may take.
public struct FarasaOptions: Sendable, Equatable {
  /// `FarasaSegmenterJar.jar`.
  public var jar: URL
  /// The Java program; nil takes `$JAVA_HOME/bin/java`, else `java` on the path.
  public var java: URL?
  /// Seconds that an answer may take, the first one with the loading of Farasa's model.
  public var timeout: Double

  /// Makes the options.
  public init(jar: URL, java: URL? = nil, timeout: Double = 60) {
    self.jar = jar
    self.java = java
    self.timeout = timeout
  }
}
