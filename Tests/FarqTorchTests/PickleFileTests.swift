import FarqCore
import FarqTesting
import FarqTorch
import Foundation
import Testing

@Suite struct PickleFileTests {
  @Test(arguments: ["zip.bin", "stream.bin"]) func readsWhatTorchSaved(_ name: String) throws {
    let file = try PickleFile(Fixture.url(name))
    let numbers = (0..<12).map(Float.init)
    #expect(file.names.count == 10)
    for (key, dtype) in [("single", DType.float32), ("half", .float16), ("brain", .bfloat16)] {
      let tensor = try #require(try file.tensor(key))
      #expect(tensor.dtype == dtype)
      #expect(try tensor.floats() == numbers, "\(key)")
    }
    #expect(try file.tensor("whole")?.integers() == [-5, 1 << 40])
    #expect(file.shape(of: "matrix") == [3, 4])
    #expect(try file.tensor("matrix")?.floats() == numbers)
    #expect(file.shape(of: "turned") == [4, 3])
    #expect(try file.tensor("turned")?.floats() == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    #expect(try file.tensor("part")?.floats() == [2, 3, 4, 5, 6])
    #expect(try file.tensor("parameter")?.floats() == [1.5])
    #expect(try file.tensor("scalar")?.scalar() == 2.5)
    #expect(try file.tensor("truth")?.integers() == [1, 0])
    #expect(try file.tensor("absent") == nil)
  }

  @Test(arguments: ["harmful.bin", "harmful-stream.bin"]) func runsNothing(_ name: String) throws {
    let before = FileManager.default.currentDirectoryPath
    let error = #expect(throws: FarqError.self) { try PickleFile(Fixture.url(name)) }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("posix.system") == true, "\(error?.message ?? "")")
    #expect(!FileManager.default.fileExists(atPath: before + "/harmful-ran"))
  }

  @Test func refusesWhatIsNoDictionaryOfTensors() {
    for (name, reason) in [("list.bin", "holds no dictionary"), ("note.bin", "no named tensor")] {
      let error = #expect(throws: FarqError.self) { try PickleFile(Fixture.url(name)) }
      #expect(error?.kind == .badData)
      #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
    #expect(throws: FarqError.self) { try PickleFile(Fixture.url("types.safetensors")) }
    let error = #expect(throws: FarqError.self) { try PickleFile(Fixture.url("absent.bin")) }
    #expect(error?.kind == .missingInput)
  }

  private static func read(_ bytes: [UInt8]) throws -> WeightDictionary {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: folder.file("x.bin"))
    return try WeightDictionary(reading: PickleFile(folder.file("x.bin")))
  }

  /// A file cut anywhere, or with a byte changed anywhere, is read or refused, and never ends the process.
  @Test(arguments: ["zip.bin", "stream.bin"]) func damageIsAnError(_ name: String) throws {
    let whole = try [UInt8](Fixture.data(name))
    for length in stride(from: 0, to: whole.count, by: 29) {
      #expect(throws: FarqError.self) { try Self.read(Array(whole.prefix(length))) }
    }
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<600 {
      var bytes = whole
      bytes[generator.below(bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
      do {
        _ = try Self.read(bytes)
      } catch {
        #expect(error is FarqError)
      }
    }
  }

  /// A view that reaches beyond its storage, or repeats it without end.
  @Test func refusesTensorsOutsideTheirStorage() throws {
    for (shape, strides, offset) in [([13], [1], 0), ([2, 12], [1, 1], 1), ([255, 255], [0, 0], 0), ([1], [1], 12)]
      as [([UInt8], [UInt8], UInt8)]
    {
      let error = #expect(throws: FarqError.self) {
        try Self.read(Self.stream(shape: shape, strides: strides, offset: offset))
      }
      #expect(error?.message.contains("outside its storage") == true, "\(error?.message ?? "")")
    }
    #expect(try Self.read(Self.stream(shape: [3], strides: [2], offset: 1)).tensor("w")?.floats() == [1, 3, 5])
  }

  /// The stream form with one tensor `w` over a storage of the 12 numbers 0 to 11.
  private static func stream(shape: [UInt8], strides: [UInt8], offset: UInt8) -> [UInt8] {
    func text(_ words: String) -> [UInt8] { [0x8C, UInt8(words.utf8.count)] + words.utf8 }
    func tuple(_ numbers: [UInt8]) -> [UInt8] { Array("(".utf8) + numbers.flatMap { [0x4B, $0] } + Array("t".utf8) }
    let head: [[UInt8]] = [[0x80, 2, 0x4B, 1, 0x2E], [0x80, 2, 0x4D, 0xE9, 3, 0x2E], [0x80, 2, 0x7D, 0x2E]]
    let id = Array("(".utf8) + text("storage") + "ctorch\nFloatStorage\n".utf8 + text("0") + text("cpu")
    let tensor = Array("ctorch._utils\n_rebuild_tensor_v2\n(".utf8) + id + [0x4B, 12] + "NtQ".utf8 + [0x4B, offset]
    let root = [0x80, 2, 0x7D] + text("w") + tensor + tuple(shape) + tuple(strides) + "tRs.".utf8
    let keys = [0x80, 2, 0x5D] + text("0") + "a.".utf8
    let count = withUnsafeBytes(of: UInt64(12).littleEndian) { Array($0) }
    let numbers = (0..<12).map(Float.init).withUnsafeBytes { Array($0) }
    return head.joined() + root + keys + count + numbers
  }

  /// The model of a training loop's file, beside an optimizer's state and plain values.
  @Test func readsAStateDictionaryOfATrainingLoop() throws {
    let file = try PickleFile(Fixture.url("wrapped.bin"))
    #expect(file.names == ["module.weight", "module.bias"])
    #expect(try file.tensor("module.weight")?.floats() == [0, 1, 2, 3, 4, 5])
    #expect(file.shape(of: "module.bias") == [2])
  }
}
