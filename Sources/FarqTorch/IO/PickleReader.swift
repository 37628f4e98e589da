import Foundation

/// Reads pickles of tensors and plain containers (protocols 2 to 5), and nothing else: every other name in the file is
/// refused when it is read, so that nothing of the file can be run.
///
/// Tuples are nested ``deepestTuple`` deep at most, and there are ``mostOperations`` operations at most, a few hundred
/// megabytes of values. Lists and dictionaries are emptied when the reader goes (``PickleContainers``): what was read has to
/// be looked at before.
struct PickleReader {
  /// What is wrong, in a few words.
  struct Problem: Error {
    let words: String
  }

  private let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  private var stack: [PickleValue] = []
  private let containers = PickleContainers()
  private var operations = 0
  /// A tensor's arguments are nested twice.
  static let deepestTuple = 64
  /// A tensor takes about 25 operations: enough for more than a hundred thousand of them.
  static let mostOperations = 4_000_000
  private var memo: [Int: PickleValue] = [:]

  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// Reads one pickle, up to its STOP.
  mutating func value() throws -> PickleValue {
    (stack, memo) = ([], [:])
    while true {
      operations += 1
      guard operations <= Self.mostOperations else {
        throw Problem(words: "its pickle has more than \(Self.mostOperations) operations")
      }
      let opcode = try take(1)[0]
      if opcode == UInt8(ascii: ".") { return try pop() }
      if try readPlain(opcode) { continue }
      if try readContainer(opcode) { continue }
      guard try readObject(opcode) else {
        throw Problem(words: "its pickle has the operation \(opcode), which files of tensors do not need")
      }
    }
  }

  /// Numbers, strings, truth values, and the memo.
  private mutating func readPlain(_ opcode: UInt8) throws -> Bool {
    switch opcode {
    case 0x80: _ = try take(1)  // PROTO
    case 0x95: _ = try take(8)  // FRAME
    case UInt8(ascii: "N"): stack.append(.none)
    case 0x88: stack.append(.bool(true))
    case 0x89: stack.append(.bool(false))
    case UInt8(ascii: "K"): stack.append(.integer(try integer(1)))
    case UInt8(ascii: "M"): stack.append(.integer(try integer(2)))
    case UInt8(ascii: "J"): stack.append(.integer(Int(Int32(truncatingIfNeeded: try integer(4)))))
    case 0x8A: stack.append(.integer(try long(byteCount: integer(1))))
    case UInt8(ascii: "G"):
      let bits = try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      stack.append(.number(Double(bitPattern: bits)))
    case UInt8(ascii: "X"): stack.append(.string(try string(integer(4))))
    case 0x8C, UInt8(ascii: "U"): stack.append(.string(try string(integer(1))))
    case 0x8D: stack.append(.string(try string(integer(8))))
    case UInt8(ascii: "q"): memo[try integer(1)] = try top()
    case UInt8(ascii: "r"): memo[try integer(4)] = try top()
    case 0x94: memo[memo.count] = try top()
    case UInt8(ascii: "h"): stack.append(try recalled(integer(1)))
    case UInt8(ascii: "j"): stack.append(try recalled(integer(4)))
    default: return false
    }
    return true
  }

  private mutating func readContainer(_ opcode: UInt8) throws -> Bool {
    switch opcode {
    case UInt8(ascii: "("): stack.append(.mark)
    case UInt8(ascii: ")"): stack.append(.tuple(PickleTuple([])))
    case UInt8(ascii: "t"): stack.append(try tuple(popToMark()))
    case 0x85, 0x86, 0x87:
      let elements = try (0..<Int(opcode - 0x84)).map { _ in try pop() }
      stack.append(try tuple(elements.reversed()))
    case UInt8(ascii: "]"): stack.append(.list(containers.newList()))
    case UInt8(ascii: "}"): stack.append(.dictionary(containers.newDictionary()))
    case UInt8(ascii: "a"):
      let value = try pop()
      try append([value])
    case UInt8(ascii: "e"):
      let values = try popToMark()
      try append(values)
    case UInt8(ascii: "s"):
      let value = try pop()
      let key = try pop()
      try set([key, value])
    case UInt8(ascii: "u"):
      let values = try popToMark()
      try set(values)
    default: return false
    }
    return true
  }

  private func tuple(_ elements: [PickleValue]) throws -> PickleValue {
    let tuple = PickleTuple(elements)
    guard tuple.depth <= Self.deepestTuple else { throw Problem(words: "its pickle is nested too deeply") }
    return .tuple(tuple)
  }

  private mutating func readObject(_ opcode: UInt8) throws -> Bool {
    switch opcode {
    case UInt8(ascii: "c"): stack.append(try global(module: line(), name: line()))
    case 0x93:
      guard let name = try pop().string, let module = try pop().string else {
        throw Problem(words: "its pickle is damaged")
      }
      stack.append(try global(module: module, name: name))
    case UInt8(ascii: "R"):
      let arguments = try pop()
      let function = try pop()
      stack.append(try call(function, arguments))
    case UInt8(ascii: "Q"): stack.append(try storage(try pop()))
    case UInt8(ascii: "b"): _ = try pop()  // the state beside the items, as `_metadata`: of no use here
    default: return false
    }
    return true
  }

  private func global(module: String, name: String) throws -> PickleValue {
    guard let global = PickleGlobal(module: module, name: name) else {
      throw Problem(words: "it names \(module).\(name), which is no part of a tensor and was not run")
    }
    return .global(global)
  }

  private func call(_ function: PickleValue, _ arguments: PickleValue) throws -> PickleValue {
    guard case .global(let global) = function, case .tuple(let tuple) = arguments else {
      throw Problem(words: "its pickle calls what is no function")
    }
    let arguments = tuple.elements
    switch global {
    case .orderedDictionary:
      guard arguments.isEmpty else { throw Problem(words: "it has a dictionary of an unknown form") }
      return .dictionary(containers.newDictionary())
    case .rebuildTensor:
      guard arguments.count >= 4, case .storage(let storage) = arguments[0], let offset = arguments[1].integer,
        let shape = arguments[2].integers, let strides = arguments[3].integers, shape.count == strides.count
      else { throw Problem(words: "it has a tensor of an unknown form") }
      return .tensor(PickleTensor(storage: storage, offset: offset, shape: shape, strides: strides))
    case .rebuildParameter:
      guard let first = arguments.first, case .tensor = first else {
        throw Problem(words: "it has a parameter of an unknown form")
      }
      return first
    case .storage: throw Problem(words: "its pickle calls a storage")
    }
  }

  /// ('storage', type, key, device, count, …)
  private func storage(_ id: PickleValue) throws -> PickleValue {
    guard case .tuple(let tuple) = id, tuple.elements.count >= 5, tuple.elements[0].string == "storage",
      case .global(.storage(let dtype)) = tuple.elements[1], let key = tuple.elements[2].string
    else { throw Problem(words: "it has a storage of an unknown form") }
    return .storage(PickleStorage(key: key, dtype: dtype))
  }

  // What these two fill is under the values: callers pop those first, in a statement of their own, since `self` is read
  // before the arguments of its methods are.
  private func append(_ values: [PickleValue]) throws {
    guard case .list(let list) = try top() else { throw Problem(words: "its pickle is damaged") }
    list.elements += values
  }

  private func set(_ values: [PickleValue]) throws {
    guard case .dictionary(let dictionary) = try top(), values.count.isMultiple(of: 2) else {
      throw Problem(words: "its pickle is damaged")
    }
    for index in stride(from: 0, to: values.count, by: 2) {
      dictionary.items.append((values[index], values[index + 1]))
    }
  }

  private func recalled(_ index: Int) throws -> PickleValue {
    guard let value = memo[index] else { throw Problem(words: "its pickle is damaged") }
    return value
  }

  private func top() throws -> PickleValue {
    guard let last = stack.last else { throw Problem(words: "its pickle is damaged") }
    return last
  }

  private mutating func pop() throws -> PickleValue {
    guard let last = stack.popLast() else { throw Problem(words: "its pickle is damaged") }
    return last
  }

  private mutating func popToMark() throws -> [PickleValue] {
    let mark = stack.lastIndex { if case .mark = $0 { true } else { false } }
    guard let mark else { throw Problem(words: "its pickle is damaged") }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[(mark + 1)...])
  }

  private mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
    guard count <= bytes.count - position else { throw Problem(words: "it is cut off") }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
  }

  /// An unsigned little-endian number.
  private mutating func integer(_ width: Int) throws -> Int {
    try take(width).littleEndianInteger()
  }

  /// A signed little-endian number of any length up to 8 bytes.
  private mutating func long(byteCount: Int) throws -> Int {
    guard byteCount <= 8 else { return try take(byteCount).isEmpty ? 0 : Int.max }
    let digits = try take(byteCount)
    let fill: UInt64 = (digits.last ?? 0) & 0x80 == 0 ? 0 : .max
    return Int(truncatingIfNeeded: digits.reversed().reduce(fill) { $0 << 8 | UInt64($1) })
  }

  private mutating func string(_ count: Int) throws -> String {
    String(decoding: try take(count), as: UTF8.self)
  }

  /// The text up to the next line break.
  private mutating func line() throws -> String {
    guard let end = bytes[position...].firstIndex(of: 0x0A) else { throw Problem(words: "it is cut off") }
    defer { position = end + 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}
