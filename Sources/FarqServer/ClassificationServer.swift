import FarqCore
import Foundation
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The HTTP server: classification of texts by one or more models, and a page to try them.
public struct ClassificationServer: Sendable {
  private let catalog: ModelCatalog
  private let settings: ServerSettings
  private let logger: Logger

  /// Makes a server; ``run(onReady:)`` starts it.
  public init(_ catalog: ModelCatalog, settings: ServerSettings = ServerSettings(), logger: Logger) {
    self.catalog = catalog
    self.settings = settings
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT, then answers new requests with 503, finishes those in work and returns.
  ///
  /// - Parameter onReady: is told the port once connections are accepted.
  /// - Throws: ``FarqError`` `unavailable` where the address cannot be listened on.
  public func run(onReady: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
    let state = ServerState()
    let responder = Responder(
      routes: Routes(catalog: catalog, settings: settings, state: state).table, settings: settings, state: state,
      logger: logger)
    let arrival = TimeAmount(settings.timeout)
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ConnectionGuard(timeout: arrival)],
          idleTimeout: TimeAmount(settings.idleTimeout))),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: "farq/\(FarqVersion.current)",
        availableConnectionsDelegate: MaximumAvailableConnections(settings.connectionLimit)),
      onServerRunning: { channel in onReady(channel.localAddress?.port ?? settings.port) },
      logger: quiet)
    let drain = DrainService(state: state, timeout: settings.drainTimeout, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [
        .init(service: application),
        .init(service: drain, successTerminationBehavior: .gracefullyShutdownGroup),
      ], logger: quiet)
    configuration.maximumGracefulShutdownDuration = settings.drainTimeout
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch let error as FarqError {
      throw error
    } catch is CancellationError {
    } catch {
      throw FarqError(
        .unavailable, "cannot listen on \(settings.host):\(settings.port): \(error); choose another --host or --port")
    }
  }

  /// Hummingbird's own words are for its makers.
  private var quiet: Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .error)
    return logger
  }
}

/// Waits for a signal to stop, then for the requests in work.
private struct DrainService: Service {
  let state: ServerState
  let timeout: Duration
  let logger: Logger

  func run() async throws {
    var signals = await UnixSignalsSequence(trapping: [.sigterm, .sigint]).makeAsyncIterator()
    guard let signal = await signals.next() else { return }
    logger.info("stopping", metadata: ["signal": "\(signal)", "in_work": .stringConvertible(state.metrics.inWork)])
    state.drain()
    // Whoever asks twice does not want to wait.
    let second = Task { [signals] in
      var signals = signals
      if await signals.next() != nil { exit(130) }
    }
    defer { second.cancel() }
    let end = ContinuousClock.now + timeout
    while state.metrics.inWork > 0, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
  }
}
