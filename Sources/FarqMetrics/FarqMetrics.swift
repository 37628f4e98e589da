// FarqMetrics
