import Foundation

/// The target that `FARQ_FUZZ_TARGET` names; without it the first byte of each input chooses one.
private let chosen: FuzzTarget? = ProcessInfo.processInfo.environment["FARQ_FUZZ_TARGET"].map { name in
  guard let target = FuzzTarget(rawValue: name) else {
    preconditionFailure("FARQ_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return target
}

/// libFuzzer calls this for each input.
///
/// Nothing has to come out but no crash, no memory error (AddressSanitizer), no trap, and what ``FuzzTarget`` expects.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard let data, size > 0 else { return 0 }
  let skipped = chosen == nil ? 1 : 0
  // An allocation of exactly this size, so that a read beyond the end is seen.
  let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size - skipped)
  defer { bytes.deallocate() }
  for index in bytes.indices { bytes[index] = data[index + skipped] }
  let targets = FuzzTarget.allCases
  (chosen ?? targets[Int(data[0]) % targets.count]).run(UnsafeBufferPointer(bytes))
  return 0
}
