import FarqArabicText
import FarqCore
import FarqDatasets
import FarqInference
import FarqModels
import FarqTokenizer
import FarqTorch
import FarqTraining
import Foundation

extension ExperimentSettings {
  /// The settings by the names of the command line's options, so that `--config` takes them again.
  ///
  /// - Parameter forOneModel: with the names of `farq train`, which trains one configuration.
  func options(forOneModel: Bool) -> [String: JSONValue] {
    var options = dataOptions.merging(modelOptions) { $1 }.merging(attentionOptions) { $1 }
      .merging(training.options) { $1 }
    if forOneModel {
      for name in ["ratios", "seeds", "start", "no-linear", "select-on-test", "margin"] { options[name] = nil }
      options["ratio"] = ratios.first.flatMap { $0 > 0 ? .number($0) : nil }
    }
    return options.filter { $0.value != .null }
  }

  private var dataOptions: [String: JSONValue] {
    [
      "data": data.location.map { .string($0.relativePath == "-" ? "-" : $0.path) } ?? .null,
      "test-data": data.testLocation.map { .string($0.path) } ?? .null, "text-column": .string(data.textColumn),
      "label-column": .string(data.labelColumn), "split-column": .string(data.splitColumn),
      "form": data.form.map { .string($0.rawValue) } ?? .null,
      "encoding": data.encoding.map { .string($0.rawValue) } ?? .null,
      "name-encoding": data.nameEncoding.map { .string($0.rawValue) } ?? .null,
      "skip-unlabelled": data.skipsUnlabelled ? .bool(true) : .null,
      "strip-markers": data.cleaning.stripsMarkers ? .bool(true) : .null,
      "drop-duplicates": data.cleaning.dropsDuplicates ? .bool(true) : .null,
      "drop-leaks": data.cleaning.dropsLeaks ? .bool(true) : .null, "cache": cacheOption,
      "train-limit": data.trainLimit.map(JSONValue.integer) ?? .null,
      "test-limit": data.testLimit.map(JSONValue.integer) ?? .null,
      "validation-fraction": .number(data.validationFraction),
      "select-on-test": data.selectsOnTest ? .bool(true) : .null,
      "no-linear": includesLinear ? .null : .bool(true),
    ]
  }

  private var cacheOption: JSONValue {
    switch data.cache {
    case .automatic: .null
    case .folder(let folder): .string(folder.path)
    case .none: .string("none")
    }
  }

  private var modelOptions: [String: JSONValue] {
    var options: [String: JSONValue] = [
      "architecture": architecture.map { .string($0.rawValue) } ?? .null,
      "max-length": maximumLength.map(JSONValue.integer) ?? .null, "long": .string(long.rawValue),
      "tokenizer-compat": .string(tokenizerCompatibility.rawValue),
    ]
    options.merge(preparation.options) { $1 }
    switch origin {
    case .checkpoint(let folder): options["model"] = .string(folder.path)
    case .scratch(let scratch):
      options["layers"] = .integer(scratch.layers)
      options["heads"] = .integer(scratch.heads)
      options["hidden-size"] = .integer(scratch.hiddenSize)
      options["vocabulary-size"] = .integer(scratch.vocabularySize)
    }
    return options
  }

  private var attentionOptions: [String: JSONValue] {
    [
      "ratios": .string(ratios.map { String($0) }.joined(separator: ",")),
      "attention": .string(variants.map(\.rawValue).joined(separator: ",")),
      "granularity": .string(granularity.rawValue), "placement": .string(placement.description),
      "pairing": pairing.map { .string($0.rawValue) } ?? .null, "stack": .string(stack.rawValue),
      "lambda-init": lambdaInit.map { .string($0.description) } ?? .null, "init": .string(initialization.rawValue),
      "start": .string(start.rawValue), "seeds": .integer(seedCount), "ignore-mask": ignoresMask ? .bool(true) : .null,
      "fit-tokens": initialization == .fitted ? .integer(fitTokens) : .null,
      "lambda-bias": variants.contains(.diffV2) ? .number(lambdaBias) : .null,
      "anneal-steps": annealSteps.map(JSONValue.integer) ?? .null, "dropout": dropout.map(JSONValue.number) ?? .null,
      "margin": margin.map { .number($0 * 100) } ?? .null,
      "threads": threads.map(JSONValue.integer) ?? .null, "device": device.map(JSONValue.string) ?? .null,
      "teacher": teacher.map { .string($0.path) } ?? .null,
      "teacher-weight": teacher.map { _ in .number(training.distillation.weight) } ?? .null,
      "teacher-temperature": teacher.map { _ in .number(training.distillation.temperature) } ?? .null,
    ]
  }
}

extension TrainingSettings {
  /// The settings by the names of the command line's options, but for the annealing, which belongs to the attention.
  var options: [String: JSONValue] {
    [
      "epochs": .integer(epochs), "steps": steps.map(JSONValue.integer) ?? .null,
      "batch-size": .integer(batchSize), "gradient-accumulation": .integer(gradientAccumulation),
      "learning-rate": .number(learningRate), "new-parameter-factor": .number(newParameterFactor),
      "head-factor": .number(headFactor), "layer-decay": .number(layerDecay),
      "weight-decay": .number(weightDecay), "warmup-ratio": .number(warmupRatio),
      "schedule": .string(schedule.rawValue), "max-gradient-norm": .number(maximumGradientNorm),
      "label-smoothing": .number(labelSmoothing),
      "class-weights": balancesClasses ? .string("balanced") : .null,
      "no-shuffle": shuffles ? .null : .bool(true),
      "plain": usesPlainFormulae ? .bool(true) : .null,
      "early-stopping": earlyStopping.map(JSONValue.integer) ?? .null,
      "selection-metric": .string(selectionMetric.rawValue),
      "seed": Int(exactly: seed).map(JSONValue.integer) ?? .string(String(seed)),
      "precision": .string(precision.rawValue), "checkpoint-every": .integer(checkpointEvery),
      "keep-checkpoints": .integer(keptCheckpoints),
    ]
  }
}

extension PreparationRequest {
  /// What was asked for, by the names of the command line's options.
  var options: [String: JSONValue] {
    let list = { (names: [String]) in names.isEmpty ? JSONValue.null : .string(names.joined(separator: ",")) }
    return [
      "preprocess": preprocess.map(JSONValue.string) ?? .null,
      "preprocess-skip": list(without), "preprocess-add": list(with),
      "segmentation": segmentation.map { .string($0.rawValue) } ?? .null,
      "farasa-jar": farasa.map { .string($0.jar.path) } ?? .null,
      "farasa-timeout": farasa.map { .number($0.timeout) } ?? .null,
    ]
  }
}
