import FarqCore
import FarqTesting
import FarqTorch
import Foundation
import Testing

@Suite struct SafetensorsTests {
  @Test func readsWhatPythonWrote() throws {
    let file = try SafetensorsFile(Fixture.url("types.safetensors"))
    #expect(file.metadata == ["format": "pt", "note": "\"مرحبا\"\n"])
    let types: [(String, DType)] = [("F64", .float64), ("F32", .float32), ("F16", .float16), ("BF16", .bfloat16)]
    for (name, dtype) in types {
      let tensor = try #require(try file.tensor(name))
      #expect(tensor.dtype == dtype)
      #expect(tensor.shape == [2, 3])
      #expect(try Array(tensor.floats().prefix(3)) == [1.5, -2.25, 0])
      #expect(try tensor.floats()[3] == (dtype == .bfloat16 ? 65536 : 65504))
    }
    for name in ["I64", "I32", "I16", "I8"] {
      #expect(try file.tensor(name)?.integers() == [-128, -1, 0, 127], "\(name)")
    }
    #expect(try file.tensor("U8")?.integers() == [0, 255])
    #expect(try file.tensor("BOOL")?.integers() == [1, 0, 1])
    #expect(try file.tensor("scalar")?.scalar() == 3.5)
    #expect(try file.tensor("empty")?.shape == [0, 4])
    #expect(try file.tensor("اسم")?.floats() == [7])
    #expect(try file.tensor("absent") == nil)
    #expect(file.shape(of: "F32") == [2, 3])
  }

  @Test func writesTheSameBytesAgain() throws {
    let folder = try TemporaryFolder()
    let original = try SafetensorsFile(Fixture.url("types.safetensors"))
    let tensors = try WeightDictionary(reading: original).tensors
    try SafetensorsWriter.write(tensors, metadata: original.metadata, to: folder.file("a.safetensors"))
    let copy = try SafetensorsFile(folder.file("a.safetensors"))
    #expect(copy.names == original.names)
    #expect(copy.metadata == original.metadata)
    for (name, tensor) in tensors {
      let other = try #require(try copy.tensor(name))
      #expect(other.dtype == tensor.dtype)
      #expect(other.shape == tensor.shape)
      #expect(try other.bytes() == tensor.bytes(), "\(name)")
      // Python's reader wants every tensor at a multiple of its element's size.
      #expect(copy.entries[name].map { $0.range.lowerBound % $0.dtype.byteCount } == 0, "\(name)")
    }
    let again = try WeightDictionary(reading: copy).tensors
    try SafetensorsWriter.write(again, metadata: copy.metadata, to: folder.file("b.safetensors"))
    #expect(try Data(contentsOf: folder.file("a.safetensors")) == Data(contentsOf: folder.file("b.safetensors")))
  }

  @Test func tensorsOutliveTheirFile() throws {
    let tensor = try #require(try SafetensorsFile(Fixture.url("types.safetensors")).tensor("F32"))
    #expect(try tensor.floats()[0] == 1.5)
  }

  @Test func readsUnalignedTensors() throws {
    let header =
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}"#
    let file = try Self.file(header, data: [9] + withUnsafeBytes(of: Float(2.5)) { Array($0) })
    #expect(try file.tensor("a")?.integers() == [9])
    #expect(try file.tensor("b")?.floats() == [2.5])
  }

  @Test func takesPaddedAndEmptyHeaders() throws {
    #expect(try Self.file("{}   ", data: []).names == [])
    #expect(try Self.file(#"{ "a" : { "dtype":"U8", "shape":[0], "data_offsets":[0,0] } } "#, data: []).names == ["a"])
  }

  private static func file(_ header: String, data: [UInt8]) throws -> SafetensorsFile {
    try file(bytes: withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + header.utf8 + data)
  }

  private static func file(bytes: [UInt8]) throws -> SafetensorsFile {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: folder.file("x.safetensors"))
    return try SafetensorsFile(folder.file("x.safetensors"))
  }

  private static func entry(_ dtype: String, _ shape: String, _ offsets: String) -> String {
    #"{"a":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
  }

  /// Headers with four bytes of data that must be refused, and words of the reason.
  static let damaged: [(header: String, reason: String)] = [
    ("[]", "begin with {"), (" {}", "begin with {"), ("{", "expected"), (#"{"a":1}"#, "expected"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x"#, "after its end"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}"#, "expected"),
    (#"{"a\"#, "expected"), (#"{"a\q":{}}"#, "not valid"),
    (#"{"a":{"dtype":"F32","shape":[1]}}"#, "lacks"), (#"{"a":{"shape":[1],"data_offsets":[0,4]}}"#, "lacks"),
    (#"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#, "lacks"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":[1]}}"#, "unknown key"),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}"#,
      "twice"
    ),
    (#"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "twice"),
    (#"{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "expected"),
    (entry("F33", "[1]", "[0,4]"), "unsupported type"), (entry("F32", "[1]", "[0]"), "lacks"),
    (entry("F32", "[1]", "[4,0]"), "lacks"), (entry("F32", "[2]", "[0,4]"), "takes 8 bytes"),
    (entry("F32", "[-1]", "[0,4]"), "whole number"), (entry("F32", "[1.0]", "[0,4]"), "expected"),
    (entry("F32", "[1]", "[0,99999999999999999999]"), "whole number"),
    (entry("F32", "[4611686018427387904,4611686018427387904]", "[0,4]"), "overflows"),
    (entry("U8", "[3]", "[0,3]"), "take 3 bytes, the file has 4"),
    (entry("U8", "[8]", "[0,8]"), "take 8 bytes, the file has 4"),
    (entry("U8", "[3]", "[1,4]"), "begins at byte 1"),
    (
      #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
      "begins at byte 2"
    ),
  ]

  @Test(arguments: damaged) func refusesDamagedHeaders(_ header: String, _ reason: String) {
    let error = #expect(throws: FarqError.self) { try Self.file(header, data: [1, 2, 3, 4]) }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }

  @Test func refusesDamagedLengths() {
    let cases: [([UInt8], String)] = [
      ([], "shorter than 8 bytes"), ([1, 2, 3], "shorter than 8 bytes"), ([0, 0, 0, 0, 0, 0, 0, 0], "begin with {"),
      ([3, 0, 0, 0, 0, 0, 0, 0, 123, 125], "claims 3 bytes, the file has 2"),
      ([255, 255, 255, 255, 255, 255, 255, 255, 123, 125], "over the limit"),
      ([1, 225, 245, 5, 0, 0, 0, 0, 123, 125], "over the limit"),
      ([4, 0, 0, 0, 0, 0, 0, 0, 123, 0xC3, 0x28, 125], "not UTF-8"),
    ]
    for (bytes, reason) in cases {
      let error = #expect(throws: FarqError.self) { try Self.file(bytes: bytes) }
      #expect(error?.kind == .badData)
      #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
  }

  @Test func everyCutIsRefused() throws {
    let whole = try [UInt8](Fixture.data("types.safetensors"))
    for length in stride(from: 0, to: whole.count, by: 13) {
      #expect(throws: FarqError.self) { try Self.file(bytes: Array(whole.prefix(length))) }
    }
    #expect(throws: FarqError.self) { try Self.file(bytes: whole + [0]) }
  }

  @Test func aMissingFileIsMissing() {
    let error = #expect(throws: FarqError.self) { try SafetensorsFile(Fixture.url("absent.safetensors")) }
    #expect(error?.kind == .missingInput)
  }

  @Test func aFailedWriteLeavesNothing() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: FarqError.self) {
      try SafetensorsWriter.write(["a": .ones([1])], to: folder.file("no/a.safetensors"))
    }
    #expect(error?.kind == .inputOutput)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  /// A tensor of two names is written under one, and its other name into the metadata.
  @Test func tiedTensorsHaveBothNames() throws {
    let file = try SafetensorsFile(Fixture.url("tied.safetensors"))
    #expect(file.names == ["a_decoder.weight", "embeddings.weight"])
    #expect(file.shape(of: "embeddings.weight") == [4, 3])
    #expect(try file.tensor("embeddings.weight")?.floats() == (0..<12).map(Float.init))
    // Other metadata, such as `format`, names nothing.
    #expect(try SafetensorsFile(Fixture.url("types.safetensors")).names.contains("format") == false)
  }
}
