/// The two forms of GELU (Hendrycks and Gimpel 2016).
public enum GELUForm: Sendable {
  /// x Φ(x), by the error function.
  case erf
  /// Its approximation by tanh.
  case tanh
}
