import FarqCore
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// Files made to do harm: each is refused in words, and none ends the process.
@Suite struct HostileBytesTests {
  private func refusal(_ bytes: [UInt8], _ read: (URL) throws -> Void) throws -> String {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: folder.file("x"))
    let error = #expect(throws: FarqError.self) { try read(folder.file("x")) }
    #expect(error?.kind == .badData)
    return error?.message ?? ""
  }

  private func pickle(_ operations: [UInt8]) throws -> String {
    try refusal([0x80, 2] + operations + [UInt8(ascii: ".")]) { _ = try PickleFile($0) }
  }

  @Test func tuplesAreNestedToALimit() throws {
    let tuples = [UInt8(ascii: ")")] + [UInt8](repeating: 0x85, count: 200_000)
    #expect(try pickle(tuples).contains("nested too deeply"))
    let marked =
      [UInt8](repeating: UInt8(ascii: "("), count: 100_000) + [UInt8](repeating: UInt8(ascii: "t"), count: 100_000)
    #expect(try pickle(marked).contains("nested too deeply"))
  }

  /// Each list holds the one before, so that freeing the last would free all in turn.
  @Test func listsAreFreedWithoutRecursion() throws {
    let step: [UInt8] = Array("]h".utf8) + [0] + Array("aq".utf8) + [0]
    let lists = Array("]q".utf8) + [0] + [[UInt8]](repeating: step, count: 200_000).joined()
    #expect(try pickle(lists).contains("its form is unknown") || pickle(lists).contains("cut off"))
    let inward =
      Array("]".utf8) + [[UInt8]](repeating: Array("]".utf8), count: 200_000).joined()
      + [UInt8](repeating: UInt8(ascii: "a"), count: 200_000)
    #expect(try !pickle(inward).isEmpty)
    let itself = Array("]q".utf8) + [0] + Array("h".utf8) + [0] + Array("a".utf8)
    #expect(try !pickle(itself).isEmpty)
  }

  @Test func operationsAreCounted() throws {
    #expect(
      try pickle([UInt8](repeating: UInt8(ascii: "N"), count: 4_000_001)).contains("more than 4000000 operations"))
  }

  @Test(arguments: [
    "[4611686018427387904,4]", "[4611686018427387904,4,0]", "[0,4611686018427387904,4]", "[9223372036854775807,2]",
  ])
  func sizesOfSafetensorsDoNotOverflow(shape: String) throws {
    let header = Array(#"{"x":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,0]}}"#.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    #expect(try refusal(length + header) { _ = try SafetensorsFile($0) }.contains("overflows"))
  }

  @Test func countsAreChecked() {
    #expect(CheckedSize.count([2, 3, 4]) == 24 && CheckedSize.count([]) == 1)
    #expect(CheckedSize.count([1 << 40, 0, 2]) == 0)
    #expect(CheckedSize.count([1 << 62, 4, 0]) == nil && CheckedSize.count([-1, -1]) == nil)
    #expect(CheckedSize.bytes([1 << 61], width: 4) == nil && CheckedSize.bytes([3], width: 4) == 12)
    #expect(CheckedSize.sum([.max, 1]) == nil && CheckedSize.sum([1, 2]) == 3)
  }

  /// What is missing holds its place without memory: 4 TB here.
  @Test func whatIsMissingTakesNoMemory() throws {
    let store = ParameterStore(source: WeightDictionary(), seed: 0, trainable: false)
    _ = try Linear(store.root / "a", from: 1 << 20, to: 1 << 20, deviation: 1)
    let error = #expect(throws: FarqError.self) { try store.finish() }
    #expect(error?.message.contains("missing a.weight") == true)
  }

  @Test(arguments: [Double.nan, .infinity, -3, 1e300]) func aStepCountIsANumber(_ steps: Double) throws {
    let optimizer = try AdamW([ParameterGroup(names: ["w"], parameters: [.zeros([2])], weightDecay: 0)])
    var state = try optimizer.stateTensors
    try optimizer.restore(from: WeightDictionary(state))
    state["step.w"] = try .full([], steps)
    let error = #expect(throws: FarqError.self) { try optimizer.restore(from: WeightDictionary(state)) }
    #expect(error?.kind == .badData && error?.message.contains("steps of w") == true)
  }
}
