import FarqCore
import FarqReport
import Foundation

/// A report as a run of `farq compare` would write it; every text in it is made up for this test.
enum SampleReport {
  static let labels = ["Culture", "Finance", "Medical", "Politics", "Religion", "Sports", "Tech"]

  static let texts: [(text: String, target: Int, predicted: Int, probability: Double)] = [
    (
      "أعلنت مكتبة الحيّ القديم أنّها ستفتح أبوابها ليلاً طوال الأسبوع المقبل، وستعرض مخطوطات نادرة عن تاريخ الطبّ، "
        + "ويشرح الأطباء المتقاعدون للزوّار كيف كانت الوصفات تُكتب قبل مئة عام (بالعربية و English معاً).", 0, 2, 0.982
    ),
    (
      "وقّع النادي عقد رعاية مع مصرف محلي بقيمة 12 مليون درهم لثلاثة مواسم، وقال المدير المالي إنّ العائد سيُنفق على "
        + "تجديد الملعب وتدريب الناشئين.", 5, 1, 0.941
    ),
    (
      "ناقش المجلس قانوناً جديداً لحماية بيانات المستخدمين، وطالب النوّاب شركات التطبيقات بأن تشرح خوارزمياتها للجمهور.",
      3, 6,
      0.887
    ),
    (
      "<script>alert('x')</script> & \"اقتباس\" \u{202E}عكس\u{202C} نصّ عدائي يحاول أن يكسر الصفحة </p></section>", 6, 3,
      0.763
    ),
  ]

  static func matrix(_ errors: Int, seed: UInt64) -> [[Int]] {
    var generator = SeededGenerator(seed: seed)
    return labels.indices.map { row in
      var counts = labels.map { _ in 0 }
      for _ in 0..<(errors + generator.below(9)) { counts[generator.below(labels.count)] += 1 }
      counts[row] += 325 - counts.reduce(0, +)
      return counts
    }
  }

  static func curve(_ floor: Double, layers: [Int], seed: UInt64) -> LearningCurve {
    var generator = SeededGenerator(seed: seed)
    func noise() -> Double { Double(generator.below(1000)) / 1000 - 0.5 }
    let total = 720
    let steps = (1...total).map { step in
      let progress = Double(step) / Double(total)
      return StepRecord(
        step: step, epoch: progress * 3, loss: floor + 1.8 * exp(-9 * progress) + 0.12 * noise() * (1.4 - progress),
        learningRate: 2e-5 * min(progress * 10, (1 - progress) / 0.9),
        gradientNorm: 1.1 + 3 * exp(-6 * progress) + 0.6 * noise(),
        documentsPerSecond: 41 + 3 * noise())
    }
    let epochs = (0...3).map { epoch in
      let share = 1 - 0.86 * exp(-2.4 * Double(epoch))
      let accuracy = (0.99 - floor * 0.2) * share
      return EpochRecord(
        epoch: epoch, step: epoch * 240, trainLoss: epoch == 0 ? .nan : floor + 1 / Double(epoch * 3),
        metrics: [
          "validation": [
            "accuracy": .number(accuracy), "macro_f1": .number(accuracy - 0.003),
            "log_loss": .number(floor + 1.9 * exp(-2.2 * Double(epoch))),
          ]
        ],
        lambdas: layers.map { layer in
          let start = 0.8 - 0.6 * exp(-0.3 * Double(layer))
          return LayerLambda(
            layer: layer, value: start + 0.03 * Double(epoch) * (0.6 - Double(layer) / 4) + 0.01 * noise())
        })
    }
    return LearningCurve(steps: steps, epochs: epochs)
  }

  static func model(_ name: String, accuracy: Double, layers: [Int], seed: UInt64) -> ModelReport {
    let matrix = matrix(Int((1 - accuracy) * 325), seed: seed)
    let scores = labels.indices.map { label in
      let right = Double(matrix[label][label])
      let precision = right / Double(matrix.map { $0[label] }.reduce(0, +))
      let recall = right / 325
      return LabelScores(
        label: labels[label], precision: precision, recall: recall, f1: 2 * precision * recall / (precision + recall),
        support: 325)
    }
    let bins = (0..<10).map { bin in
      let middle = (Double(bin) + 0.5) / 10
      let count = bin < 2 ? 0 : bin * bin * bin
      return ReliabilityBin(
        lower: Double(bin) / 10, upper: Double(bin + 1) / 10, count: count, confidence: count == 0 ? .nan : middle,
        accuracy: count == 0 ? .nan : middle - 0.06 + 0.004 * Double(bin))
    }
    return ModelReport(
      name: name, isBaseline: layers.isEmpty, attention: layers.isEmpty ? "standard" : "diff",
      ratio: Double(layers.count) / 12, seed: 42, parameters: 135_198_727 + layers.count * 640,
      metrics: [
        "accuracy": .number(accuracy), "macro_f1": .number(accuracy - 0.0006),
        "weighted_f1": .number(accuracy - 0.0002),
        "matthews_correlation": .number(accuracy - 0.004), "calibration_error": 0.0213, "log_loss": 0.0912,
        "MulticlassF1Score": .named(["macro": .number(accuracy - 0.0006), "none": .list([.number(.nan), 0.97])]),
      ],
      intervals: [
        "accuracy": ConfidenceInterval(lower: accuracy - 0.0051, upper: accuracy + 0.0047),
        "macro_f1": ConfidenceInterval(lower: accuracy - 0.0059, upper: accuracy + 0.0044),
      ], trainSeconds: 3312 + Double(layers.count) * 211, documentsPerSecond: 41.3 - Double(layers.count),
      evaluationDocumentsPerSecond: 133.7, peakMemoryBytes: 3_412_000_000 + layers.count * 90_000_000,
      attentionPlan: AttentionPlanRecord(
        variant: layers.isEmpty ? "standard" : "diff", pairing: layers.isEmpty ? nil : "pair", layers: layers,
        layerCount: 12, headCount: 12, initialization: "anneal", start: "pretrained", lambdaInit: "depth"),
      learningCurve: curve(0.05 + Double(seed) * 0.01, layers: layers, seed: seed), bestEpoch: 2,
      selectionSplit: "validation", selectionMetric: "accuracy", labels: labels, confusionMatrix: matrix,
      labelScores: scores, reliability: bins,
      mistakes: texts.enumerated().map { index, entry in
        Mistake(
          id: "Test/\(labels[entry.target])/\(index + 1).txt", text: entry.text, target: labels[entry.target],
          predicted: labels[entry.predicted], probability: entry.probability)
      })
  }

  static var linear: ModelReport {
    ModelReport(
      name: "tf-idf + linear SVM", kind: .linear, attention: "none", ratio: 0, seed: 42, parameters: 1_482_117,
      metrics: ["accuracy": 0.9851, "macro_f1": 0.985, "log_loss": .number(.nan)],
      intervals: ["accuracy": ConfidenceInterval(lower: 0.9798, upper: 0.9899)], trainSeconds: 17.2,
      documentsPerSecond: 2380, peakMemoryBytes: 611_000_000, labels: labels, confusionMatrix: matrix(4, seed: 9))
  }

  static var comparisons: [ModelComparison] {
    [
      ("diff-25", 0.0031, 0.0004, 0.0057, 0.011), ("diff-50", -0.0018, -0.0049, 0.0013, 0.31),
      ("tf-idf + linear SVM", 0.0022, -0.0022, 0.0066, 0.382),
    ].flatMap { name, delta, lower, upper, p in
      [
        ModelComparison(
          a: "baseline", b: name, metric: "accuracy", delta: delta,
          ci95: ConfidenceInterval(lower: lower, upper: upper),
          mcnemarP: p, mcnemarPHolm: min(p * 3, 1)),
        ModelComparison(
          a: "baseline", b: name, metric: "macro_f1", delta: delta * 1.1,
          ci95: ConfidenceInterval(lower: lower * 1.1, upper: upper * 1.1)),
      ]
    }
  }

  static var data: DataReport {
    let bins = (0..<16).map { bin in
      let lower = Double(bin * 64)
      let height = exp(-pow((lower - 290) / 190, 2)) * 5200
      return HistogramBin(lower: lower, upper: bin == 15 ? .nan : lower + 64, count: Int(height) + 40)
    }
    let splits = [("train", 5265), ("validation", 585), ("test", 325)].map { name, count in
      SplitReport(
        name: name, documents: count * 7, labels: labels.map { LabelCount(label: $0, count: count) })
    }
    return DataReport(
      name: "SANAD_SUBSET-khaleej.zip", fingerprint: "sha256:9f6a61c0d1c4f0f2a9b3", splits: splits,
      lengths: LengthHistogram(unit: "tokens", bins: bins, mean: 372.4, median: 331, maximum: 6213), maxLength: 512,
      truncatedShare: 0.187, duplicates: 214, leaks: 3, encodings: ["UTF-8": 45_497, "Windows-1256": 3],
      warnings: ["3 files were read as Windows-1256 and converted."])
  }

  static var environment: EnvironmentReport {
    EnvironmentReport(
      farqVersion: "0.1.0", libtorchVersion: "2.13.0", swiftVersion: "6.3.1", operatingSystem: "Debian 12 (Linux 6.1)",
      cpuModel: "2 × a processor of 2.6 GHz", device: "cpu", threads: 2, precision: "fp32", seed: 42,
      date: "2026-11-24T07:10:00Z",
      commandLine: "farq compare --model models/small --data 'my data/SANAD_SUBSET-khaleej.zip' --ratios 0,0.25,0.5 "
        + "--attention diff --init anneal --epochs 3 --batch-size 16 --learning-rate 2e-5 --seed 42 --output runs/first"
    )
  }

  static var report: RunReport {
    RunReport(
      title: "BERT and its differential hybrids on Arabic news",
      models: [
        model("baseline", accuracy: 0.9829, layers: [], seed: 1),
        model("diff-25", accuracy: 0.986, layers: [0, 1, 2], seed: 2),
        model("diff-50", accuracy: 0.9811, layers: [0, 1, 2, 3, 4, 5], seed: 3), linear,
      ], comparisons: comparisons,
      seedSummaries: [
        SeedSummary(
          configuration: "diff-25", metric: "accuracy", seeds: 3, mean: 0.9857, standardDeviation: 0.0009,
          ci95: ConfidenceInterval(lower: 0.9835, upper: 0.9879))
      ], data: data, environment: environment)
  }
}
