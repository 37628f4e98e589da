import FarqCore
public import FarqTorch
public import Foundation

/// A BERT checkpoint: configuration and tensors, read from a folder in the Hugging Face layout.
public struct BERTCheckpoint {
  /// The configuration.
  public var configuration: BERTConfiguration
  /// The tensors, under today's names.
  public var weights: any WeightSource

  /// Makes a checkpoint of its parts.
  public init(configuration: BERTConfiguration, weights: any WeightSource) {
    self.configuration = configuration
    self.weights = weights
  }

  /// Opens the folder; tensors are mapped, not read.
  ///
  /// - Parameter keepsPredictionHead: whether the head of masked words is among the tensors.
  /// - Throws: ``FarqError`` that names the file and what is wrong.
  public init(folder: URL, keepsPredictionHead: Bool = false) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw FarqError(
        .missingInput,
        "no checkpoint folder at \(folder.path): give a folder with config.json and model.safetensors")
    }
    configuration = try BERTConfiguration(folder: folder)
    weights = try CheckpointWeights(folder: folder, keepsPredictionHead: keepsPredictionHead)
    if configuration.labels.isEmpty, let count = weights.shape(of: "classifier.weight")?.first {
      configuration.labels = (0..<count).map { "LABEL_\($0)" }
    }
  }

  /// Why a classifier for `labels` has to be drawn anew, in words; nil where the checkpoint was made to choose one of the
  /// same labels, and keeps its own.
  public func reasonForNewHead(_ labels: [String]) -> String? {
    guard let rows = weights.shape(of: "classifier.weight")?.first else { return "the checkpoint has none" }
    if let type = configuration.otherProblem { return "the checkpoint's is for \(type)" }
    guard configuration.labels != labels || rows != labels.count else { return nil }
    return "the checkpoint's is for \(rows) labels (\(configuration.firstLabels(10)))"
  }

  /// The same encoder with a classification head for `labels`.
  ///
  /// Where the checkpoint was made to choose one of the same labels it keeps its head; otherwise the head is left out, to
  /// be drawn anew.
  public func prepared(forLabels labels: [String]) throws -> (checkpoint: BERTCheckpoint, isHeadNew: Bool) {
    var copy = self
    let keepsHead = reasonForNewHead(labels) == nil
    copy.configuration.labels = labels
    copy.configuration.raw["problem_type"] = nil
    if !keepsHead {
      var tensors = try WeightDictionary(reading: weights)
      tensors.tensors["classifier.weight"] = nil
      tensors.tensors["classifier.bias"] = nil
      copy.weights = tensors
    }
    return (copy, !keepsHead)
  }

  /// Parameters that an encoder's checkpoint may lack when a classifier is made of it: the head, the pooler that some
  /// encoders were published without, and an encoder-decoder's cross-attention and head.
  public static func isHead(_ name: String) -> Bool {
    name.hasPrefix("classifier.") || name.hasPrefix("bert.pooler.") || name.hasPrefix("encoder.pooler.")
      || name.hasPrefix("decoder.cls.") || name.contains(".crossattention.")
  }

  /// Writes `config.json` and `model.safetensors`, and for hybrids what Python needs to read them.
  public static func save(_ model: any DocumentClassifier, to folder: URL) throws {
    try save(model.parameters, model.configuration, to: folder)
  }

  /// The same for a model of masked words, with `configuration`'s dropout; every tool reads it as an encoder too.
  ///
  /// - Parameter dtype: what the tensors are rounded to in the file.
  public static func save(
    _ model: MaskedLanguageModel, as configuration: BERTConfiguration, dtype: DType = .float32, to folder: URL
  ) throws {
    var configuration = configuration
    configuration.labels = []
    try save(model.parameters, configuration, dtype: dtype, to: folder)
  }

  /// Writes a classifier's encoder without its head: what becomes of a checkpoint without labels. With it goes the head
  /// of masked words, where `source`, the checkpoint's tensors, has one.
  public static func saveEncoder(
    of model: any DocumentClassifier, predictionHeadOf source: any WeightSource, to folder: URL
  ) throws {
    var configuration = model.configuration
    configuration.labels = []
    let headless = Set(model.parameters.drawn.filter(isHead))
    var tensors: [String: Tensor] = [:]
    for name in model.parameters.names where !headless.contains(name) && !name.hasPrefix("classifier.") {
      tensors[name] = try model.parameters[name]?.detached()
    }
    for name in source.names where name.hasPrefix("cls.predictions.") {
      tensors[name] = try source.tensor(name)?.to(.float32)
    }
    try write(tensors, configuration, dtype: .float32, to: folder)
  }

  private static func save(
    _ parameters: ParameterStore, _ configuration: BERTConfiguration, dtype: DType = .float32, to folder: URL
  ) throws {
    var tensors: [String: Tensor] = [:]
    for name in parameters.names { tensors[name] = try parameters[name]?.detached().to(dtype) }
    try write(tensors, configuration, dtype: dtype, to: folder)
  }

  private static func write(
    _ tensors: [String: Tensor], _ configuration: BERTConfiguration, dtype: DType, to folder: URL
  ) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try SafetensorsWriter.write(tensors, to: folder.appendingPathComponent("model.safetensors"))
    if configuration.isHybrid {
      try AtomicFile.write(
        Data(PackageResources.modeling_farq_py), to: folder.appendingPathComponent("modeling_farq.py"))
    }
    try configuration.write(to: folder, dtype: dtype)
  }
}
