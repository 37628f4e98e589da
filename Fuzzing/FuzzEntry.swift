import Foundation

/// libFuzzer calls this for each input; the first byte chooses the code that reads the rest.
///
/// Nothing has to come out but no crash, no memory error (AddressSanitizer), no trap, and what ``FuzzTarget`` expects.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard let data, size > 0 else { return 0 }
  // An allocation of exactly this size, so that a read beyond the end is seen.
  let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size - 1)
  defer { bytes.deallocate() }
  for index in 0..<(size - 1) { bytes[index] = data[index + 1] }
  let targets = FuzzTarget.allCases
  targets[Int(data[0]) % targets.count].run(UnsafeBufferPointer(bytes))
  return 0
}
