import FarqMetrics
struct MetricSuite { let metrics: [String: Double]; init(_ p: Predictions) throws { metrics = ["MulticlassAccuracy": 0] } }
struct HeadlineMetrics { let values: [FarqMetrics.HeadlineMetric: Double]
  init(_ p: Predictions) throws { var v: [FarqMetrics.HeadlineMetric: Double] = [:]; let m = p.confusionMatrix(); for h in FarqMetrics.HeadlineMetric.allCases { v[h] = h.value(m) }; values = v } }
struct WilsonInterval { let interval = Interval(0, 1); init(successes: Int, total: Int) {} }
struct SSum { let mean = 0.0, standardDeviation = 0.0, interval = Interval(0, 1); init?(_ v: [Double]) {} }
extension McNemar { static func pooled(_ a: [Predictions], _ b: [Predictions]) throws -> McNemar { try McNemar(a[0], b[0]) } }
