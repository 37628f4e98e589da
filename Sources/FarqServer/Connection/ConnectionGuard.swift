import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends what a caller does not: a request that does not arrive in time, and one that goes on after it was answered (a body
/// without end). Stands between HTTP's decoding and the server.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long a request may take to arrive.
  private let timeout: TimeAmount
  /// How long the rest of a refused request is read and thrown away, so that its caller sees the answer, not a reset.
  private let lingering = TimeAmount.seconds(1)
  private var isReceiving = false
  private var isAnswered = false
  private var deadline: Scheduled<Void>?

  init(timeout: TimeAmount) { self.timeout = timeout }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      isReceiving = true
      close(context, in: timeout)
    case .body:
      if isAnswered { return }
    case .end:
      isReceiving = false
      if isAnswered { return }
      deadline?.cancel()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard isReceiving else { return context.write(data, promise: promise) }
    switch unwrapOutboundIn(data) {
    case .head(var response):
      response.headerFields[.connection] = "close"
      context.write(wrapOutboundOut(.head(response)), promise: promise)
    case .body:
      context.write(data, promise: promise)
    case .end:
      isAnswered = true
      context.writeAndFlush(data, promise: promise)
      context.close(mode: .output, promise: nil)
      close(context, in: lingering)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

  private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
