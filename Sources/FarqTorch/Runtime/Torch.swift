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

  /// Runs `body` in mixed precision: matrix products in `dtype`, what needs range in fp32. With `float32` it just runs.
  public static func withAutocast<Result>(
    _ dtype: DType, on device: Device, _ body: () throws -> Result
  ) throws -> Result {
    guard dtype != .float32 else { return try body() }
    let kind = device.name.split(separator: ":").first.map(String.init) ?? device.name
    try TorchCall.check(ctorch_autocast_begin(kind, dtype.rawValue))
    defer { _ = ctorch_autocast_end(kind) }
    return try body()
  }
}
