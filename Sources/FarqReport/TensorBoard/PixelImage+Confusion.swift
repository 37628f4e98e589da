extension PixelImage {
  /// A confusion matrix: a square a cell, shaded by its share of the row (its square root, so that few mistakes are
  /// seen), with the count in it.
  ///
  /// - Parameter confusionMatrix: counts, [labels, labels]; the first row stands on top.
  public init(confusionMatrix: [[Int]]) {
    let side = 42
    let count = max(confusionMatrix.count, 1)
    // Beyond 100 labels the picture would be larger than any screen.
    let cell = max(min(side, 4200 / count), 2)
    self.init(width: count * cell + 1, height: count * cell + 1, red: 210, green: 214, blue: 216)
    for (row, counts) in confusionMatrix.enumerated() {
      let total = counts.prefix(count).reduce(0, +)
      for (column, value) in counts.prefix(count).enumerated() {
        let share = total > 0 ? Double(max(value, 0)) / Double(total) : 0
        draw(value, share: share, x: column * cell + 1, y: row * cell + 1, size: cell - 1)
      }
    }
  }

  private mutating func draw(_ value: Int, share: Double, x: Int, y: Int, size: Int) {
    let depth = share.squareRoot()
    func mix(_ light: Double, _ dark: Double) -> UInt8 { UInt8(light + (dark - light) * depth) }
    fill(x: x, y: y, width: size, height: size, red: mix(255, 11), green: mix(255, 92), blue: mix(255, 143))
    guard value > 0 else { return }
    let digits = String(value).utf8.map { Int($0) - 48 }
    let width = digits.count * 4 - 1
    let scale = min((size - 4) / width, (size - 4) / 5, 3)
    guard scale > 0 else { return }
    let ink: UInt8 = depth > 0.6 ? 255 : 20
    let left = x + (size - width * scale) / 2
    let top = y + (size - 5 * scale) / 2
    for (index, digit) in digits.enumerated() {
      draw(digit, x: left + index * 4 * scale, y: top, scale: scale, ink: ink)
    }
  }

  /// A digit of 3 × 5 dots.
  private mutating func draw(_ digit: Int, x: Int, y: Int, scale: Int, ink: UInt8) {
    let shapes = [
      0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
      0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_001_001_001,
      0b111_101_111_101_111, 0b111_101_111_001_111,
    ]
    for dot in 0..<15 where shapes[digit] >> (14 - dot) & 1 == 1 {
      fill(
        x: x + dot % 3 * scale, y: y + dot / 3 * scale, width: scale, height: scale, red: ink, green: ink, blue: ink)
    }
  }
}
