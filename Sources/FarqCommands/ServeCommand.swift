import ArgumentParser
import FarqCore
import FarqInference
import FarqServer
import Foundation
import Logging

/// `farq serve`: the HTTP server and its page.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer over HTTP, with a page to try a model.",
    discussion: """
      POST /v1/classify {"texts": ["…"]} and POST /predict as text-embeddings-inference has it; GET /info, /metrics, \
      /healthz, /readyz, /openapi.json; the page is at /. docs/server.md says more.

      SIGTERM or Ctrl-C: requests in work are answered, new ones get 503, then it ends.

      Examples:
        farq serve --model runs/demo/checkpoints/baseline
        farq serve --model runs/demo/checkpoints/baseline --model hybrid=runs/demo/checkpoints/diff-50 --port 9000
        FARQ_API_KEY=secret farq serve --model my-model --host 0.0.0.0
      """)

  @Option(
    help: ArgumentHelp(
      "A checkpoint folder with a classification head, or name=folder; may be given several times. The first answers where a request names none.",
      valueName: "folder"))
  var model: [String]

  @Option(help: ArgumentHelp("The address to listen on; 0.0.0.0 for all.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port; 0 lets the system choose.", valueName: "n"))
  var port = 8080

  @Option(
    help: ArgumentHelp(
      "A file whose first line callers have to show as a bearer token; else $FARQ_API_KEY.", valueName: "file"))
  var apiKeyFile: String?

  @Option(help: ArgumentHelp("Tokens of a text, at most.", valueName: "n"))
  var maxLength: Int?

  @Option(help: ArgumentHelp("Tokens that go through the model together, at most.", valueName: "n"))
  var batchTokens = 4096

  @Option(
    help: ArgumentHelp("How long the first text of an idle model waits for others, in milliseconds.", valueName: "ms"))
  var batchDelay = 0

  @Option(help: ArgumentHelp("Texts that may wait at once; more get 429.", valueName: "n"))
  var maxQueue = 1024

  @Option(help: ArgumentHelp("Texts of a request, at most; more get 422.", valueName: "n"))
  var maxTexts = 32

  @Option(help: ArgumentHelp("Bytes of a request, at most; more get 413.", valueName: "n"))
  var maxBody = 2_000_000

  @Option(help: ArgumentHelp("Seconds that a request may take to arrive, and its answer to be ready.", valueName: "s"))
  var timeout = 30

  @Option(help: "text or json: how a line of the log is written.")
  var logFormat = LogLines.Format.text

  @Option(help: "trace, debug, info, notice, warning, error or critical: what the log holds.")
  var logLevel = Logger.Level.info

  @OptionGroup(title: "Device") var device: DeviceOptions

  func run() throws {
    let settings = try settings()
    let folders = try ModelNames.named(model)
    let device = try self.device.prepare()
    let precision = self.device.precision
    let batching = SharedClassifier.Batching(
      tokenBudget: batchTokens, delay: .milliseconds(batchDelay), queueLimit: maxQueue)
    let (format, level, host, length) = (logFormat, logLevel, host, maxLength)
    try Blocking.run {
      let catalog = try await ModelCatalog(
        folders, device: device, precision: precision, maximumLength: length, batching: batching)
      var logger = Logger(label: "farq") { _ in LogLines(format) }
      logger.logLevel = level
      let names = catalog.entries.map(\.name).joined(separator: ", ")
      try await ClassificationServer(catalog, settings: settings, logger: logger).run { port in
        let shown = host.contains(":") ? "[\(host)]" : host
        Console.note("\(names): http://\(shown):\(port)/ (Ctrl-C ends it)")
      }
    }
  }

  private func settings() throws -> ServerSettings {
    let numbers = [
      ("--batch-tokens", batchTokens), ("--max-queue", maxQueue), ("--max-texts", maxTexts), ("--max-body", maxBody),
      ("--timeout", timeout),
    ]
    for (name, value) in numbers where value < 1 { throw FarqError(.usage, "\(name) \(value): use 1 or more") }
    guard (0...65_535).contains(port) else { throw FarqError(.usage, "--port \(port): use 0 to 65535") }
    guard batchDelay >= 0 else { throw FarqError(.usage, "--batch-delay \(batchDelay): use 0 or more") }
    var settings = ServerSettings()
    (settings.host, settings.port) = (host, port)
    (settings.textLimit, settings.bodyLimit, settings.timeout) = (maxTexts, maxBody, .seconds(timeout))
    settings.apiKey = try apiKey()
    return settings
  }

  private func apiKey() throws -> APIKey? {
    let text: String
    let place: String
    if let apiKeyFile {
      guard let content = try? String(contentsOf: URL(userPath: apiKeyFile), encoding: .utf8) else {
        throw FarqError(
          .missingInput, "cannot read --api-key-file \(apiKeyFile): check that the file is there and readable")
      }
      text = String(content.prefix { !$0.isNewline })
      place = apiKeyFile
    } else {
      guard let value = ProcessInfo.processInfo.environment["FARQ_API_KEY"], !value.isEmpty else { return nil }
      text = value
      place = "FARQ_API_KEY"
    }
    guard let key = APIKey(text) else {
      throw FarqError(.usage, "the API key in \(place) must be printable ASCII without blanks, and not empty")
    }
    return key
  }
}
