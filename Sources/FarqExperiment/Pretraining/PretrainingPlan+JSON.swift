import FarqCore
import FarqInference
import FarqModels
import FarqTorch
import FarqTraining
import Foundation

extension PretrainingPlan {
  /// The plan by the names of the command line's options, so that `--config` takes them again.
  var options: [String: JSONValue] {
    textOptions.merging(modelOptions) { $1 }.merging(pretrainingOptions) { $1 }
      .merging(settings.training.options) { $1 }.filter { $0.value != .null }
  }

  private var textOptions: [String: JSONValue] {
    let own: [String: JSONValue] = [
      "data": .string(data.relativePath == "-" ? "-" : data.path), "text-column": .string(textColumn),
      "split-column": .string(splitColumn), "all-splits": takesAllSplits ? .bool(true) : .null,
      "train-limit": trainLimit.map(JSONValue.integer) ?? .null, "validation-fraction": .number(heldOutShare),
      "max-length": .integer(settings.maximumLength), "threads": threads.map(JSONValue.integer) ?? .null,
      "device": device.map(JSONValue.string) ?? .null,
    ]
    return own.merging(preparation.options) { $1 }
  }

  private var modelOptions: [String: JSONValue] {
    var options: [String: JSONValue] = [
      "model": model.map { .string($0.path) } ?? .null, "dropout": dropout.map(JSONValue.number) ?? .null,
      "save-precision": .string(savedType == .bfloat16 ? "bf16" : savedType == .float16 ? "fp16" : "fp32"),
      "init": .string(initialization.rawValue),
      "anneal-steps": settings.training.annealSteps.map(JSONValue.integer) ?? .null,
    ]
    if model == nil {
      options["layers"] = .integer(sizes.layers)
      options["heads"] = .integer(sizes.heads)
      options["hidden-size"] = .integer(sizes.hiddenSize)
      options["intermediate-size"] = sizes.intermediateSize.map(JSONValue.integer)
      options["vocabulary-size"] = .integer(sizes.vocabularySize)
    }
    if let request {
      options["attention"] = .string(request.variant.rawValue)
      options["ratio"] = .number(request.ratio)
      options["granularity"] = .string(request.granularity.rawValue)
      options["placement"] = .string(request.placement.description)
      options["pairing"] = request.pairing.map { .string($0.rawValue) }
      options["stack"] = .string(request.stack.rawValue)
      options["lambda-init"] = request.lambdaInit.map { .string($0.description) }
      options["ignore-mask"] = request.ignoresMask ? .bool(true) : nil
    }
    return options
  }

  private var pretrainingOptions: [String: JSONValue] {
    [
      "mask-share": .number(settings.maskShare), "short-length": settings.shortLength.map(JSONValue.integer) ?? .null,
      "short-share": .number(settings.shortShare), "document-weight": .number(settings.documentWeight),
      "hours": settings.timeLimit.map { .number($0 / 3600) } ?? .null,
      "evaluate-every": .integer(settings.evaluateEvery),
    ]
  }
}
