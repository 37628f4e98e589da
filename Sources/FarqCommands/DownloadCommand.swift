import ArgumentParser
import FarqCore
import FarqDatasets
import FarqHub
import Foundation

/// `farq download`: a model or SANAD into the cache.
struct DownloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "download",
    abstract: "Fetch a model from the Hugging Face hub, or SANAD from its publisher.",
    discussion: """
      Prints the folder or file. Models lie in the cache that Hugging Face's clients share (HF_HOME, HF_HUB_CACHE), so that \
      what Python fetched is used and the other way round; HF_ENDPOINT, HF_TOKEN and HF_HUB_OFFLINE are respected. A \
      download that broke off goes on where it stopped. Every --model also takes owner/name and fetches it.

      Examples:
        farq download aubmindlab/bert-base-arabertv2
        farq download sanad && farq data sanad
      """)

  @Argument(help: ArgumentHelp("owner/name, owner/name@revision, or sanad.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("Another address of sanad's SANAD_SUBSET.zip.", valueName: "url"))
  var from: String?

  @Option(help: ArgumentHelp("What sanad's file must hash to.", valueName: "digits"))
  var sha256: String?

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    let place = name == PublishedFile.sanad.name ? try published(.sanad) : try checkpoint()
    switch format {
    case .text: Console.write(place.path)
    case .json, .jsonl: try JSONOutput.write(["name": name, "path": place.path], isLine: format == .jsonl)
    }
  }

  private func checkpoint() throws -> URL {
    guard from == nil, sha256 == nil else {
      throw FarqError(.usage, "--from and --sha256 are for sanad; set HF_ENDPOINT for another hub")
    }
    guard let repository = HubRepository(name) else {
      throw FarqError(.usage, "'\(name)' is no name on the hub: use owner/name, owner/name@revision, or sanad")
    }
    return try HubDownload.checkpoint(repository)
  }

  private func published(_ file: PublishedFile) throws -> URL {
    if let sha256, sha256.utf8.count != 64 || !sha256.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) {
      throw FarqError(.usage, "--sha256 \(sha256): use the 64 hexadecimal digits of a SHA-256")
    }
    let settings = HubSettings()
    let bar = DownloadBar(file.file)
    defer { bar.clear() }
    let (from, sha256) = (from, sha256)
    let place = try Blocking.run {
      try await file.fetch(settings, mirror: from, sha256: sha256, accept: Self.accept, progress: bar.draw)
    }
    bar.clear()
    Console.note("  licence: \(file.licence)")
    return place
  }

  /// A zip of SANAD: articles by label, in at least two labels.
  @Sendable private static func accept(_ file: URL) throws {
    var labels: Set<String> = []
    do {
      _ = try DocumentReader(url: file).forEach { document in
        if let label = document.label { labels.insert(label) }
      }
    } catch let error as FarqError {
      throw FarqError(
        .badData, "what came is not SANAD_SUBSET.zip (\(error.message)): it was thrown away; try --from another address"
      )
    }
    guard labels.count >= 2 else {
      throw FarqError(.badData, "what came holds no articles by label: it was thrown away; try --from another address")
    }
  }
}
