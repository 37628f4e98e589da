/// What a pickle of tensors can hold; containers are objects, since a pickle fills them after naming them.
enum PickleValue {
  case none
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case tuple(PickleTuple)
  case list(PickleList)
  case dictionary(PickleDictionary)
  /// One of the few names that a file of tensors needs; nothing is looked up or run.
  case global(PickleGlobal)
  case storage(PickleStorage)
  case tensor(PickleTensor)
  /// The mark of the opcode `(`.
  case mark

  var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The elements, if it is a tuple of whole numbers.
  var integers: [Int]? {
    guard case .tuple(let tuple) = self else { return nil }
    let numbers = tuple.elements.compactMap(\.integer)
    return numbers.count == tuple.elements.count ? numbers : nil
  }
}

/// A pickled tuple, and how deep tuples are nested in it: freeing it recurses so deep.
struct PickleTuple {
  let elements: [PickleValue]
  let depth: Int

  init(_ elements: [PickleValue]) {
    self.elements = elements
    depth = elements.reduce(1) { depth, element in
      if case .tuple(let tuple) = element { max(depth, tuple.depth + 1) } else { depth }
    }
  }
}

/// A pickled list.
final class PickleList {
  var elements: [PickleValue] = []
}

/// A pickled `dict` or `OrderedDict`.
final class PickleDictionary {
  var items: [(key: PickleValue, value: PickleValue)] = []
}

/// All lists and dictionaries of a pickle. They can hold each other at any depth, and themselves: emptied one by one, they
/// are freed without recursion.
final class PickleContainers {
  private var lists: [PickleList] = []
  private var dictionaries: [PickleDictionary] = []

  func newList() -> PickleList {
    let list = PickleList()
    lists.append(list)
    return list
  }

  func newDictionary() -> PickleDictionary {
    let dictionary = PickleDictionary()
    dictionaries.append(dictionary)
    return dictionary
  }

  deinit {
    for list in lists { list.elements = [] }
    for dictionary in dictionaries { dictionary.items = [] }
  }
}

/// A run of elements somewhere in the file.
struct PickleStorage {
  let key: String
  let dtype: DType
}

/// A view of a storage, as `torch._utils._rebuild_tensor_v2` describes it.
struct PickleTensor {
  let storage: PickleStorage
  let offset: Int
  let shape: [Int]
  let strides: [Int]
}

/// The names that a pickle of tensors may mention.
enum PickleGlobal {
  case orderedDictionary
  case rebuildTensor
  case rebuildParameter
  case storage(DType)

  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"): self = .rebuildTensor
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch", _), ("torch.storage", _):
      guard let dtype = Self.storages[name] else { return nil }
      self = .storage(dtype)
    default: return nil
    }
  }

  private static let storages: [String: DType] = [
    "FloatStorage": .float32, "DoubleStorage": .float64, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
    "LongStorage": .int64, "IntStorage": .int32, "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8,
    "BoolStorage": .bool,
  ]
}
