import CTorch
import FarqCore
public import Foundation

/// A `pytorch_model.bin`: a zip of pickled tensors. It is read by libtorch's own unpickler, which knows only tensors
/// and plain containers and executes nothing that the file names.
public final class PickleFile: WeightSource {
  private let tensors: [String: Tensor]

  /// Reads the file.
  ///
  /// - Throws: ``FarqError`` `missingInput` or `badData`.
  public init(_ url: URL) throws {
    guard FileManager.default.isReadableFile(atPath: url.path) else {
      throw FarqError(.missingInput, "cannot read \(url.path): check that the file is there and readable")
    }
    var list: OpaquePointer?
    guard ctorch_pickle_open(url.path, &list) == 0, let list else {
      let reason = String(cString: ctorch_last_error()).split(separator: "\n").first ?? "unknown"
      throw FarqError(.badData, "\(url.path) is no dictionary of tensors: \(reason); convert it to model.safetensors")
    }
    defer { ctorch_pickle_close(list) }
    var tensors: [String: Tensor] = [:]
    for index in 0..<ctorch_pickle_count(list) {
      let name = String(cString: ctorch_pickle_name(list, index))
      tensors[name] = try TorchCall.tensor { ctorch_pickle_tensor(list, index, $0) }
    }
    self.tensors = tensors
  }

  /// The names of all tensors.
  public var names: Set<String> { Set(tensors.keys) }
  /// The sizes of the tensor `name`.
  public func shape(of name: String) -> [Int]? { tensors[name]?.shape }
  /// The tensor `name`.
  public func tensor(_ name: String) -> Tensor? { tensors[name] }
}
