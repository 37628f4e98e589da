import ArgumentParser
import FarqCore
import FarqExperiment
import FarqTorch
import Foundation

/// `farq check-device`: whether a device gives the processor's numbers.
struct CheckDeviceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-device",
    abstract: "Compare every attention variant on a device with the formulae on the processor.",
    discussion: """
      Logits and all gradients of a small BERT with random weights, in fp32 and bf16, and whether dropout takes the same \
      places from both maps of a head. Ends with status 70 where something is beyond its bound. `scripts/gpu-check.sh` \
      does this and measures the speed.

      Examples:
        farq check-device --device cuda
        farq check-device --format json > parity.json
      """)

  @OptionGroup(title: "Device") var device: DeviceOptions

  @Option(help: "text or json.")
  var format = OutputFormat.text

  /// What is written as JSON.
  private struct Result: Encodable {
    let device: String
    let findings: [DeviceCheck.Finding]
    let sharesDropout: Bool
    let passed: Bool

    enum CodingKeys: String, CodingKey {
      case device, findings, passed
      case sharesDropout = "one_dropout_mask"
    }
  }

  func run() throws {
    let place = try device.prepare()
    let check = DeviceCheck(place)
    let isText = format == .text
    let findings = try check { finding in
      guard isText else { return }
      let name = "\(finding.attention) by \(finding.granularity), \(finding.precision)"
      Console.write(
        "\(finding.passed ? "ok   " : "WRONG") \(name): logits \(Self.shown(finding.logits)), gradients "
          + "\(Self.shown(finding.gradients)) of the largest")
    }
    let sharesDropout = try check.dropsTheSameOfBothMaps()
    let passed = sharesDropout && findings.allSatisfy(\.passed)
    if isText {
      Console.write("\(sharesDropout ? "ok   " : "WRONG") dropout: one mask for both maps")
    } else {
      try JSONOutput.write(
        Result(device: place.name, findings: findings, sharesDropout: sharesDropout, passed: passed),
        isLine: format == .jsonl)
    }
    guard passed else {
      throw FarqError(
        .fault, "\(place.name) gives other numbers than the processor; please report this with the output")
    }
  }

  private static func shown(_ value: Double) -> String { String(format: "%.1e", value) }
}
