import FarqTesting
import Foundation

extension Fixture {
  /// A Python that has pyarrow: `$FARQ_PYTHON_WITH_PYARROW`, else none.
  static var pythonWithPyarrow: String? { ProcessInfo.processInfo.environment["FARQ_PYTHON_WITH_PYARROW"] }
}
