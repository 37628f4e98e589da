/// The version of Farq.
public enum FarqVersion {
  /// As `farq --version` prints it.
  public static let current = "0.1.0"
}
