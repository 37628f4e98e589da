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
  func optionsJSON() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let options = dataOptions.merging(modelOptions) { $1 }.merging(attentionOptions) { $1 }.merging(trainingOptions) {
      $1
    }
    return try encoder.encode(options.filter { $0.value != .null })
  }

  private var dataOptions: [String: JSONValue] {
    [
      "data": data.location.map { .string($0.path) } ?? .null,
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
    options.merge(preparationOptions) { $1 }
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

  private var preparationOptions: [String: JSONValue] {
    let list = { (names: [String]) in names.isEmpty ? JSONValue.null : .string(names.joined(separator: ",")) }
    return [
      "preprocess": preparation.preprocess.map(JSONValue.string) ?? .null,
      "preprocess-skip": list(preparation.without), "preprocess-add": list(preparation.with),
      "segmentation": preparation.segmentation.map { .string($0.rawValue) } ?? .null,
      "farasa-jar": preparation.farasa.map { .string($0.jar.path) } ?? .null,
      "farasa-timeout": preparation.farasa.map { .number($0.timeout) } ?? .null,
    ]
  }

  private var attentionOptions: [String: JSONValue] {
    [
      "ratios": .string(ratios.map { String($0) }.joined(separator: ",")),
      "attention": .string(variants.map(\.rawValue).joined(separator: ",")),
      "granularity": .string(granularity.rawValue), "placement": .string(placement.description),
      "pairing": pairing.map { .string($0.rawValue) } ?? .null, "stack": .string(stack.rawValue),
      "lambda-init": lambdaInit.map { .string($0.description) } ?? .null, "init": .string(initialization.rawValue),
      "start": .string(start.rawValue), "seeds": .integer(seedCount), "ignore-mask": ignoresMask ? .bool(true) : .null,
      "anneal-steps": annealSteps.map(JSONValue.integer) ?? .null, "dropout": dropout.map(JSONValue.number) ?? .null,
      "teacher": teacher.map { .string($0.path) } ?? .null,
      "teacher-weight": teacher.map { _ in .number(training.distillation.weight) } ?? .null,
      "teacher-temperature": teacher.map { _ in .number(training.distillation.temperature) } ?? .null,
    ]
  }

  private var trainingOptions: [String: JSONValue] {
    [
      "epochs": .integer(training.epochs), "steps": training.steps.map(JSONValue.integer) ?? .null,
      "batch-size": .integer(training.batchSize), "gradient-accumulation": .integer(training.gradientAccumulation),
      "learning-rate": .number(training.learningRate), "new-parameter-factor": .number(training.newParameterFactor),
      "head-factor": .number(training.headFactor), "layer-decay": .number(training.layerDecay),
      "weight-decay": .number(training.weightDecay), "warmup-ratio": .number(training.warmupRatio),
      "schedule": .string(training.schedule.rawValue), "max-gradient-norm": .number(training.maximumGradientNorm),
      "label-smoothing": .number(training.labelSmoothing),
      "class-weights": training.balancesClasses ? .string("balanced") : .null,
      "no-shuffle": training.shuffles ? .null : .bool(true),
      "plain": training.usesPlainFormulae ? .bool(true) : .null,
      "early-stopping": training.earlyStopping.map(JSONValue.integer) ?? .null,
      "selection-metric": .string(training.selectionMetric.rawValue), "seed": .integer(Int(clamping: training.seed)),
      "precision": .string(training.precision.rawValue), "checkpoint-every": .integer(training.checkpointEvery),
    ]
  }
}
