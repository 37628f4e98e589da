import FarqCore
import FarqReport
import FarqTesting
import Foundation
import Testing

@Suite("EventFileWriter")
struct EventFileWriterTests {
  private static let python = ProcessInfo.processInfo.environment["FARQ_TENSORBOARD_PYTHON"]

  private func value(_ message: ProtobufReader) throws -> ProtobufReader {
    try #require(message.message(5)?.message(1))
  }

  @Test("everything that was written reads back")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let writer = try EventFileWriter(folder: folder.file("logs/m"))
    let time = Date(timeIntervalSince1970: 1_700_000_000.25)
    try writer.add(scalar: 0.625, tag: "train/loss", step: 300, time: time)
    try writer.add(scalar: .nan, tag: "nan", step: 0)
    try writer.add(text: "نصّ **عريض**", tag: "note", step: 1)
    try writer.add(image: PixelImage(confusionMatrix: [[5, 1], [0, 9]]), tag: "image", step: 2)
    let histogram = try #require(EventHistogram([1, 2, 2, 4, .nan], bins: 3))
    try writer.add(histogram: histogram, tag: "weights", step: -1)
    try writer.close()
    let messages = try EventFileReader.messages(writer.url)
    #expect(messages.count == 6)
    #expect(messages[0].string(3) == "brain.Event:2")
    #expect(messages[1].double(1) == 1_700_000_000.25)
    #expect(messages[1].integer(2) == 300)
    #expect(try value(messages[1]).string(1) == "train/loss")
    #expect(try value(messages[1]).float(2) == 0.625)
    #expect(try value(messages[2]).float(2)?.isNaN == true)
    #expect(try value(messages[3]).message(9)?.message(1)?.string(1) == "text")
    #expect(try value(messages[3]).message(8)?.string(8) == "نصّ **عريض**")
    let image = try #require(try value(messages[4]).message(4))
    #expect(try PNGReader(#require(image.bytes(4))).width == image.integer(2))
    #expect(messages[5].integer(2) == -1)
    let read = try #require(try value(messages[5]).message(5))
    #expect(read.double(3) == 4)
    #expect(read.doubles(6) == [2, 3, 4])
    #expect(read.doubles(7) == [1, 2, 1])
  }

  @Test("what was flushed is there before the file is closed, and a cut tail does no harm")
  func flushing() throws {
    let folder = try TemporaryFolder()
    let writer = try EventFileWriter(folder: folder.url, flushInterval: 3600)
    #expect(try EventFileReader.messages(writer.url).count == 1)
    for step in 1...10 { try writer.add(scalar: Double(step), tag: "a", step: step) }
    #expect(try EventFileReader.messages(writer.url).count == 1)
    try writer.flush()
    #expect(try EventFileReader.messages(writer.url).count == 11)
    let copy = folder.file("cut")
    try Data(contentsOf: writer.url).dropLast(3).write(to: copy)
    #expect(try EventFileReader.messages(copy).count == 10)
    let prompt = try EventFileWriter(folder: folder.url, flushInterval: 0)
    try prompt.add(scalar: 1, tag: "a", step: 1)
    #expect(try EventFileReader.messages(prompt.url).count == 2)
    #expect(prompt.url != writer.url)
    try prompt.close()
    try prompt.close()
    #expect(throws: FarqError.self) { try prompt.add(scalar: 1, tag: "a", step: 2) }
  }

  @Test("a writer that goes away leaves its records")
  func deinitialization() throws {
    let folder = try TemporaryFolder()
    var url: URL?
    do {
      let writer = try EventFileWriter(folder: folder.url, flushInterval: 3600)
      try writer.add(scalar: 1, tag: "a", step: 1)
      url = writer.url
    }
    #expect(try EventFileReader.messages(#require(url)).count == 2)
  }

  @Test("records of a training become tags; undefined numbers are left out")
  func records() throws {
    let folder = try TemporaryFolder()
    let writer = try EventFileWriter(folder: folder.url)
    try writer.add(StepRecord(step: 7, loss: 1.5, learningRate: 2e-5))
    try writer.add(
      EpochRecord(
        epoch: 1, step: 9, trainLoss: 0.5,
        metrics: ["validation": ["accuracy": 0.75, "kappa": .number(.nan), "x": .list([1.0])]],
        lambdas: [LayerLambda(layer: 2, value: 0.25)]))
    try writer.add(confusionMatrix: [[5, 1], [0, 9]], labels: ["أ|"], split: "test", step: 9)
    try writer.close()
    let messages = try EventFileReader.messages(writer.url).dropFirst()
    let tags = try messages.map { try value($0).string(1) }
    #expect(
      tags == [
        "train/loss", "train/learning_rate", "train/epoch_loss", "validation/accuracy", "lambda/encoder/layer_2",
        "test/confusion_matrix", "test/confusion_matrix_table",
      ])
    let table = try value(#require(messages.last)).message(8)?.string(8)
    #expect(table == "| target | أ\\| | 1 |\n|---|---:|---:|\n| أ\\| | 5 | 1 |\n| 1 | 0 | 9 |")
  }

  @Test("histograms of nothing, of one value, of many")
  func histograms() throws {
    #expect(EventHistogram([]) == nil)
    #expect(EventHistogram([.nan]) == nil)
    let single = try #require(EventHistogram([2, 2]))
    #expect(single.counts == [0, 2])
    #expect(single.limits[0] < 2 && single.limits[1] > 2)
    let many = try #require(EventHistogram((0..<100).map(Double.init), bins: 10))
    #expect(many.counts == [Int](repeating: 10, count: 10))
    #expect(many.sum == 4950)
    #expect(many.limits.last == 99)
  }

  @Test("a folder that cannot be made is an error")
  func errors() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("x", to: folder.file("file"))
    let error = #expect(throws: FarqError.self) { try EventFileWriter(folder: folder.file("file/logs")) }
    #expect(error?.kind == .inputOutput)
  }

  @Test(
    "TensorBoard itself reads the file",
    .enabled(if: python != nil, "set FARQ_TENSORBOARD_PYTHON to a python3 with tensorboard to run this"))
  func tensorBoard() throws {
    let folder = try TemporaryFolder()
    let writer = try EventFileWriter(folder: folder.url)
    for step in 1...20 { try writer.add(StepRecord(step: step, loss: 1 / Double(step), learningRate: 1e-5)) }
    try writer.add(confusionMatrix: [[5, 1], [0, 9]], labels: ["أ", "ب"], split: "test", step: 20)
    try writer.add(histogram: #require(EventHistogram([1, 2, 2, 4], bins: 3)), tag: "weights", step: 20)
    try writer.close()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.python))
    process.arguments = [Fixture.url("read_events.py").path, folder.url.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
