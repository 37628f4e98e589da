import FarqCore

/// Which of AraBERT's cleaning steps are applied: what a checkpoint stores and prediction applies again.
///
/// The defaults are those of the package `arabert` 1.0.1 for the family.
public struct PreprocessingSteps: Codable, Sendable, Equatable {
  /// The family, which decides the order and the kind of the steps.
  public let family: AraBERTFamily
  private var chosen: Set<PreprocessingStep>

  /// Every step as the package has it by default for the family.
  public init(family: AraBERTFamily) {
    self.family = family
    chosen = Set(PreprocessingStep.all(isFirstGeneration: family.isFirstGeneration))
    if family != .v02Twitter { chosen.remove(.keepEmojis) }
  }

  /// The steps that the family knows.
  public var known: [PreprocessingStep] { PreprocessingStep.all(isFirstGeneration: family.isFirstGeneration) }

  /// Whether the step is applied.
  public func has(_ step: PreprocessingStep) -> Bool { chosen.contains(step) }

  /// Switches a step on or off.
  ///
  /// - Throws: ``FarqError`` `usage` where the family knows no such step.
  public mutating func set(_ step: PreprocessingStep, _ isOn: Bool) throws {
    guard known.contains(step) else {
      throw FarqError(
        .usage,
        "\(family.rawValue) has no step \(step.rawValue); its steps are \(known.map(\.rawValue).joined(separator: ", "))"
      )
    }
    if isOn { chosen.insert(step) } else { chosen.remove(step) }
  }

  /// The steps that differ from the family's default, as `without strip_tashkeel, with keep_emojis`; empty where none
  /// does.
  public var difference: String {
    let usual = PreprocessingSteps(family: family)
    let parts = known.filter { has($0) != usual.has($0) }.map { "\(has($0) ? "with" : "without") \($0.rawValue)" }
    return parts.joined(separator: ", ")
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
    init(_ step: PreprocessingStep) { stringValue = step.rawValue }
    static let family = Key(stringValue: "family")
  }

  /// Reads the steps; a step that is not named keeps the family's default.
  ///
  /// - Throws: ``FarqError`` `badData` for a step that this version does not know: leaving it out would prepare
  ///   text otherwise than in training.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .family)
    guard let family = AraBERTFamily(rawValue: name) else {
      let known = AraBERTFamily.allCases.map(\.rawValue).joined(separator: ", ")
      throw FarqError(.badData, "unknown preprocessing family '\(name)'; known are \(known)")
    }
    self.init(family: family)
    try UnknownKeys.refuse(
      in: decoder, known: ["family"] + known.map(\.rawValue), what: "preprocessing step of \(name)")
    for step in known {
      guard let isOn = try container.decodeIfPresent(Bool.self, forKey: Key(step)) else { continue }
      if isOn { chosen.insert(step) } else { chosen.remove(step) }
    }
  }

  /// Writes the family and every step that it knows, on or off.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(family.rawValue, forKey: .family)
    for step in known { try container.encode(has(step), forKey: Key(step)) }
  }
}
