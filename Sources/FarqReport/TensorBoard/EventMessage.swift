import FarqCore

/// One event of TensorBoard (`tensorflow/core/util/event.proto`) with one value (`summary.proto`).
struct EventMessage: Sendable {
  /// What an event carries.
  enum Content: Sendable {
    /// The version of the format, the first event of a file.
    case version
    /// A number.
    case scalar(tag: String, value: Float)
    /// A PNG.
    case image(tag: String, png: [UInt8], width: Int, height: Int)
    /// Text in Markdown.
    case text(tag: String, String)
    /// A histogram.
    case histogram(tag: String, EventHistogram)
  }

  /// Seconds since 1970.
  var wallTime: Double
  /// The step.
  var step: Int
  /// What it carries.
  var content: Content

  /// The message as bytes.
  var bytes: [UInt8] {
    var event = ProtobufWriter()
    event.add(1, double: wallTime)
    if step != 0 { event.add(2, integer: Int64(step)) }
    if case .version = content {
      event.add(3, string: "brain.Event:2")
    } else {
      event.add(5) { summary in summary.add(1, addValue) }
    }
    return event.bytes
  }

  private func addValue(_ value: inout ProtobufWriter) {
    switch content {
    case .version: break
    case .scalar(let tag, let number):
      value.add(1, string: tag)
      value.add(2, float: number)
    case .image(let tag, let png, let width, let height):
      value.add(1, string: tag)
      value.add(4) { image in
        image.add(1, integer: Int64(height))
        image.add(2, integer: Int64(width))
        image.add(3, integer: 3)
        image.add(4, bytes: png)
      }
    case .text(let tag, let text):
      value.add(1, string: tag)
      value.add(9) { metadata in metadata.add(1) { $0.add(1, string: "text") } }
      value.add(8) { Self.add(text, to: &$0) }
    case .histogram(let tag, let histogram):
      value.add(1, string: tag)
      value.add(5) { Self.add(histogram, to: &$0) }
    }
  }

  /// A tensor of strings (`DT_STRING`) of shape [1].
  private static func add(_ text: String, to tensor: inout ProtobufWriter) {
    tensor.add(1, integer: 7)
    tensor.add(2) { shape in shape.add(2) { $0.add(1, integer: 1) } }
    tensor.add(8, string: text)
  }

  private static func add(_ histogram: EventHistogram, to message: inout ProtobufWriter) {
    message.add(1, double: histogram.minimum)
    message.add(2, double: histogram.maximum)
    message.add(3, double: Double(histogram.count))
    message.add(4, double: histogram.sum)
    message.add(5, double: histogram.sumOfSquares)
    message.add(6, doubles: histogram.limits)
    message.add(7, doubles: histogram.counts.map(Double.init))
  }
}
