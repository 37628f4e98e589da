import CTorch

/// The library as a whole: version, threads, seed, modes of the calling thread.
public enum Torch {
  /// The version of the libtorch that Farq was built with.
  public static var version: String { String(cString: ctorch_version()) }

  /// Prepares the process, before its first tensor: blocks of memory are kept instead of faulted in anew at each step,
  /// and denormal numbers count as zero.
  public static func prepareProcess() throws {
    try TorchCall.check(ctorch_prepare_process())
  }

  /// Sets how many threads one operator uses.
  public static func setThreads(_ count: Int) throws {
    try TorchCall.check(ctorch_set_threads(Int32(count)))
  }

  /// How many threads one operator uses.
  public static func threads() throws -> Int {
    var count: Int32 = 0
    try TorchCall.check(ctorch_threads(&count))
    return Int(count)
  }

  /// Seeds the generators of all devices (dropout draws from them).
  public static func seed(_ seed: UInt64) throws {
    try TorchCall.check(ctorch_manual_seed(seed))
  }

  /// 64 random bits: a seed for an operator that makes its own random numbers. Follows from ``seed(_:)``.
  static func randomBits() throws -> UInt64 {
    var bits: UInt64 = 0
    try TorchCall.check(ctorch_random_bits(&bits))
    return bits
  }

  /// The state of the device's random generator, to be stored in a training checkpoint.
  public static func randomState(of device: Device) throws -> Tensor {
    try TorchCall.tensor { ctorch_random_state(device.name, $0) }
  }

  /// Puts back a state that ``randomState(of:)`` gave.
  public static func setRandomState(_ state: Tensor, of device: Device) throws {
    try TorchCall.check(ctorch_set_random_state(device.name, state.handle))
  }

  /// Runs `body` without recording gradients, and puts the former mode back.
  public static func withoutGradients<Result>(_ body: () throws -> Result) throws -> Result {
    var previous = true
    try TorchCall.check(ctorch_set_gradients_enabled(false, &previous))
    defer {
      var ignored = true
      _ = ctorch_set_gradients_enabled(previous, &ignored)
    }
    return try body()
  }

  /// The type of matrix products on `device`: the one of the ``withAutocast(_:on:_:)`` around, else fp32.
  public static func productType(on device: Device) throws -> DType {
    var code: Int32 = 0
    try TorchCall.check(ctorch_product_type(device.kind.rawValue, &code))
    return DType(rawValue: code) ?? .float32
  }

  /// The type of hidden states between products on `device`.
  public static func stateType(on device: Device) throws -> DType {
    let type = try productType(on: device)
    return type == .int8 ? (hasFastBFloat16 ? .bfloat16 : .float32) : type
  }

  /// Whether the processor multiplies bfloat16 faster than fp32.
  public static var hasFastBFloat16: Bool { String(cString: ctorch_fused_kernels()) == "avx512bf16" }

  /// Runs `body` in mixed precision: matrix products in `dtype`, what needs range in fp32. With `float32` nothing is
  /// mixed, even within another call. `int8` is for prediction on the processor: it acts on ``Linear`` alone.
  public static func withAutocast<Result>(
    _ dtype: DType, on device: Device, _ body: () throws -> Result
  ) throws -> Result {
    let previous = try productType(on: device)
    guard dtype != previous else { return try body() }
    try TorchCall.check(ctorch_set_product_type(device.kind.rawValue, dtype.rawValue))
    defer { _ = ctorch_set_product_type(device.kind.rawValue, previous.rawValue) }
    return try body()
  }
}
