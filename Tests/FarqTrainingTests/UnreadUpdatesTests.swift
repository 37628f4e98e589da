import FarqTorch
import FarqTraining
import Testing

/// Losses that are read a few updates later.
@Suite struct UnreadUpdatesTests {
  @Test func eachUpdateGetsItsOwnNumbers() throws {
    var unread = UnreadUpdates()
    for step in 1...3 {
      unread.add(
        UnreadUpdates.Update(
          step: step, epoch: 0, rate: 0, documents: 1, loss: .onDevice(try .full([], Double(step))),
          norm: step == 2 ? .known(20) : .onDevice(try .full([], 10 * Double(step)))))
    }
    let read = try unread.read()
    #expect(read.map(\.loss) == [1, 2, 3])
    #expect(read.map(\.norm) == [10, 20, 30])
    #expect(read.allSatisfy { $0.seconds >= 0 && $0.seconds.isFinite })
    #expect(try unread.read().isEmpty)
  }
}
