import FarqCore
public import FarqTorch
public import Foundation

/// The tensors of a Hugging Face checkpoint under the names of today's transformers, whatever the files call them.
///
/// Old files say `gamma` and `beta` for the norms, and a bare encoder's lack the prefix `bert.`; what torch's DataParallel,
/// `torch.compile` and training loops put before every name (`module.`, `_orig_mod.`, `model.`) is taken away. What a classifier has
/// no use for (the pretraining head `cls.*`, the buffer `position_ids`) is left out, but for the head of masked words where
/// it is asked for; its decoder is the word embeddings' own tensor.
public struct CheckpointWeights: WeightSource {
  private let files: [any WeightSource]
  /// The place of each tensor: which file, and its name there.
  private let places: [String: (file: Int, name: String)]

  /// Opens `model.safetensors`, its shards, or `pytorch_model.bin` in `folder`.
  ///
  /// - Parameter keepsPredictionHead: whether the head of masked words, `cls.predictions`, is among the tensors.
  /// - Throws: ``FarqError`` `missingInput` where there is none, `badData` for a file that is damaged.
  public init(folder: URL, keepsPredictionHead: Bool = false) throws {
    try self.init(files: Self.open(folder), keepsPredictionHead: keepsPredictionHead)
  }

  /// Renames what these sources hold.
  public init(files: [any WeightSource], keepsPredictionHead: Bool = false) {
    self.files = files
    let original = files.enumerated().flatMap { index, file in file.names.map { (file: index, name: $0) } }
    let wrapper = Self.wrapper(original.map(\.name))
    let unwrapped = original.map { (place: $0, name: String($0.name.dropFirst(wrapper.count))) }
    let isEncoderDecoder = unwrapped.contains { $0.name.hasPrefix("decoder.bert.") }
    let hasPrefix = unwrapped.contains { $0.name.hasPrefix("bert.") }
    var places: [String: (file: Int, name: String)] = [:]
    for (place, name) in unwrapped {
      let modern =
        isEncoderDecoder
        ? Self.encoderDecoderName(name)
        : keepsPredictionHead && name.hasPrefix("cls.")
          ? Self.predictionName(name) : Self.modernName(name, hasPrefix: hasPrefix)
      if let modern { places[modern] = place }
    }
    self.places = places
  }

  /// The names, as today's transformers has them.
  public var names: Set<String> { Set(places.keys) }

  /// The sizes of the tensor `name`.
  public func shape(of name: String) -> [Int]? {
    places[name].flatMap { files[$0.file].shape(of: $0.name) }
  }

  /// The tensor `name`.
  public func tensor(_ name: String) throws -> Tensor? {
    guard let place = places[name] else { return nil }
    return try files[place.file].tensor(place.name)
  }

  /// What stands before every name and belongs to no model.
  private static func wrapper(_ names: [String]) -> String {
    var wrapper = ""
    while let found = ["module.", "_orig_mod.", "model."].first(where: { part in
      names.allSatisfy { $0.hasPrefix(wrapper + part) }
    }), !names.isEmpty {
      wrapper += found
    }
    return wrapper
  }

  private static func modernName(_ name: String, hasPrefix: Bool) -> String? {
    if name.hasPrefix("cls.") || name.hasSuffix("embeddings.position_ids") { return nil }
    return modernNorm(hasPrefix || name.hasPrefix("classifier.") ? name : "bert.\(name)")
  }

  /// An encoder-decoder's tensors have their names already.
  private static func encoderDecoderName(_ name: String) -> String? {
    let decoder = "decoder."
    if name.hasPrefix("decoder.cls.") {
      return predictionName(String(name.dropFirst(decoder.count))).map { decoder + $0 }
    }
    return name.hasSuffix("embeddings.position_ids") ? nil : modernNorm(name)
  }

  /// The name of a tensor of the prediction head; some files hold its one bias under the decoder too.
  private static func predictionName(_ name: String) -> String? {
    guard name.hasPrefix("cls.predictions."), !name.hasSuffix("decoder.weight") else { return nil }
    return name.hasSuffix("decoder.bias") ? "cls.predictions.bias" : modernNorm(name)
  }

  private static func modernNorm(_ name: String) -> String {
    for (old, new) in [("LayerNorm.gamma", "LayerNorm.weight"), ("LayerNorm.beta", "LayerNorm.bias")]
    where name.hasSuffix(old) {
      return name.dropLast(old.count) + new
    }
    return name
  }

  private static func open(_ folder: URL) throws -> [any WeightSource] {
    let exists = { FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }
    if exists("model.safetensors") {
      return [try SafetensorsFile(folder.appendingPathComponent("model.safetensors"))]
    }
    if exists("model.safetensors.index.json") { return try shards(folder) }
    if exists("pytorch_model.bin") { return [try PickleFile(folder.appendingPathComponent("pytorch_model.bin"))] }
    throw FarqError(
      .missingInput,
      "\(folder.path) has no model.safetensors (nor its shards, nor pytorch_model.bin): give the folder of a checkpoint"
    )
  }

  private static func shards(_ folder: URL) throws -> [any WeightSource] {
    let url = folder.appendingPathComponent("model.safetensors.index.json")
    guard let map = try JSONValue.object(in: url)["weight_map"]?.object else {
      throw FarqError(.badData, "\(url.path) has no weight_map: get the checkpoint again")
    }
    let files = Set(map.values.compactMap(\.string)).sorted()
    guard files.allSatisfy({ !$0.contains("/") }) else {
      throw FarqError(.badData, "\(url.path) names a file outside its folder: get the checkpoint again")
    }
    let sources = try files.map { try SafetensorsFile(folder.appendingPathComponent($0)) }
    let found = sources.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    let missing = map.keys.filter { !found.contains($0) }.sorted()
    guard missing.isEmpty else {
      throw FarqError(.badData, "\(url.path) lists tensors that its files lack: \(missing.joined(separator: ", "))")
    }
    return sources
  }
}
