import FarqCore
import FarqInference
import Foundation
import Synchronization

/// Counts for `GET /metrics`, in Prometheus' text format 0.0.4.
final class ServerMetrics: Sendable {
  private struct Series: Hashable {
    let path: String
    let method: String
    let status: Int
  }

  private struct State {
    var requests: [Series: Int] = [:]
    /// Of each path: how many answers took at most so long, their seconds in all, and their number.
    var durations: [String: (buckets: [Int], sum: Double, count: Int)] = [:]
    var inWork = 0
  }

  /// Upper bounds of the histogram, in seconds.
  private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  private let state = Mutex(State())

  /// Requests that have no answer yet.
  var inWork: Int { state.withLock { $0.inWork } }

  /// A request came.
  func begin() { state.withLock { $0.inWork += 1 } }

  /// Its answer is ready.
  ///
  /// - Parameter path: a route, never a path as the caller wrote it: those have no end.
  func end(path: String, method: String, status: Int, seconds: Double) {
    state.withLock { state in
      state.inWork -= 1
      state.requests[Series(path: path, method: method, status: status), default: 0] += 1
      var entry = state.durations[path] ?? (Array(repeating: 0, count: Self.bounds.count), 0, 0)
      for (index, bound) in Self.bounds.enumerated() where seconds <= bound { entry.buckets[index] += 1 }
      entry.sum += seconds
      entry.count += 1
      state.durations[path] = entry
    }
  }

  /// The page of all counts.
  func text(_ catalog: ModelCatalog) -> String {
    let (requests, durations, inWork) = state.withLock { ($0.requests, $0.durations, $0.inWork) }
    var lines = Lines()
    lines.family("farq_requests_total", "counter", "Answers by route, method and status.")
    for (series, count) in requests.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      lines.add(
        "farq_requests_total", [("path", series.path), ("method", series.method), ("status", "\(series.status)")], count
      )
    }
    lines.family("farq_request_duration_seconds", "histogram", "From a request's head to its answer.")
    for (path, entry) in durations.sorted(by: { $0.key < $1.key }) {
      for (bound, count) in zip(Self.bounds, entry.buckets) {
        lines.add("farq_request_duration_seconds_bucket", [("path", path), ("le", "\(bound)")], count)
      }
      lines.add("farq_request_duration_seconds_bucket", [("path", path), ("le", "+Inf")], entry.count)
      lines.add("farq_request_duration_seconds_sum", [("path", path)], entry.sum)
      lines.add("farq_request_duration_seconds_count", [("path", path)], entry.count)
    }
    lines.family("farq_requests_in_work", "gauge", "Requests that have no answer yet.")
    lines.add("farq_requests_in_work", [], inWork)
    addModels(catalog, to: &lines)
    if let bytes = Self.residentBytes {
      lines.family("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.")
      lines.add("process_resident_memory_bytes", [], bytes)
    }
    return lines.text
  }

  private func addModels(_ catalog: ModelCatalog, to lines: inout Lines) {
    let statistics = catalog.entries.map { ($0.name, $0.classifier.statistics) }
    func family(
      _ name: String, _ type: String, _ help: String,
      _ value: (SharedClassifier.Statistics) -> any CustomStringConvertible
    ) {
      lines.family(name, type, help)
      for (model, counts) in statistics { lines.add(name, [("model", model)], value(counts)) }
    }
    family("farq_queue_texts", "gauge", "Texts that have no answer yet.") { $0.waiting }
    family("farq_batches_total", "counter", "Passes through the model.") { $0.batches }
    family("farq_texts_total", "counter", "Texts classified.") { $0.documents }
    family("farq_tokens_total", "counter", "Tokens read.") { $0.tokens }
    family("farq_model_seconds_total", "counter", "Seconds in the model.") { $0.seconds }
  }

  /// Linux's own count; nil elsewhere.
  private static var residentBytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? Int(fields[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
  }

  private struct Lines {
    private(set) var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func add(_ name: String, _ labels: [(String, String)], _ value: any CustomStringConvertible) {
      let words = labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
      text += "\(name)\(words.isEmpty ? "" : "{\(words)}") \(value)\n"
    }

    private func escaped(_ text: String) -> String {
      text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
        .replacingOccurrences(of: "\n", with: "\\n")
    }
  }
}
