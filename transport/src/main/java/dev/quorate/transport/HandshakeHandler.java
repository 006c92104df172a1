package dev.quorate.transport;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.frame.Frame;
import dev.quorate.transport.frame.FrameDecoder;
import dev.quorate.transport.frame.FrameEncoder;
import dev.quorate.transport.frame.FrameKind;
import dev.quorate.transport.handshake.Authentication;
import dev.quorate.transport.handshake.Authentication.Authenticated;
import dev.quorate.transport.handshake.Authentication.Refused;
import dev.quorate.transport.handshake.Handshake;
import dev.quorate.transport.handshake.Refusal;
import dev.quorate.transport.handshake.Role;
import dev.quorate.transport.tls.Tls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who is at the other end of a fresh connection, then makes room for a {@link
 * Connection}, or ends it.
 *
 * <p>Takes exactly one HELLO and one STATEMENT, in this order and in time, and nothing else.
 */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {
  /** What may come next. */
  private enum Awaiting {
    TLS,
    HELLO,
    STATEMENT,
    NOTHING
  }

  /** What all handshakes of a transport share. */
  record Setting(TransportConfig config, Tls tls, Peers peers, Refusals refusals) {}

  private static final Logger LOG = LoggerFactory.getLogger(HandshakeHandler.class);

  private final Setting setting;
  private final FrameDecoder decoder;
  private final Optional<PeerLink> dialed;
  private final Runnable onLeave;
  private Awaiting awaiting = Awaiting.TLS;
  private @Nullable Handshake handshake;
  private @Nullable ScheduledFuture<?> deadline;

  /**
   * {@code dialed} is the peer that we opened the connection to, if it was we; {@code onLeave} runs
   * once, when this handshake is over in whatever way.
   */
  HandshakeHandler(
      Setting setting, FrameDecoder decoder, Optional<PeerLink> dialed, Runnable onLeave) {
    this.setting = setting;
    this.decoder = decoder;
    this.dialed = dialed;
    this.onLeave = onLeave;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls && awaiting == Awaiting.TLS) {
      if (tls.isSuccess()) {
        greet(context);
      } else {
        refuse(context, reason(context, tls.cause()));
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var frame = (Frame) message;
    if (awaiting == Awaiting.HELLO && frame.kind() == FrameKind.HELLO) {
      hear(context, frame.body());
    } else if (awaiting == Awaiting.STATEMENT && frame.kind() == FrameKind.STATEMENT) {
      judge(context, frame.body());
    } else {
      refuse(context, Refusal.MALFORMED);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    refuse(context, Refusal.CLOSED_EARLY);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var reason = reason(context, cause);
    if (reason == Refusal.FAILED) {
      LOG.atError().setCause(cause).log("a handshake was not handled");
    }
    refuse(context, reason);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    onLeave.run();
  }

  private void greet(ChannelHandlerContext context) {
    var remote = Tls.peerCertificateHash(context.pipeline().get(SslHandler.class));
    handshake =
        new Handshake(
            setting.config.self(),
            setting.config.network(),
            dialed.isPresent() ? Role.DIALER : Role.ACCEPTOR,
            setting.tls.certificateHash(),
            remote);
    awaiting = Awaiting.HELLO;
    deadline =
        context
            .executor()
            .schedule(
                () -> refuse(context, Refusal.HANDSHAKE_TIMEOUT),
                setting.config.timing().handshakeDeadline().toNanos(),
                TimeUnit.NANOSECONDS);
    send(context, FrameKind.HELLO, handshake.hello());
  }

  private void hear(ChannelHandlerContext context, Bytes hello) {
    var refusal = handshake().receiveHello(hello);
    if (refusal.isPresent()) {
      refuse(context, refusal.get());
      return;
    }
    awaiting = Awaiting.STATEMENT;
    dialed.ifPresent(
        peer -> {
          send(context, FrameKind.STATEMENT, handshake().statementFor(peer.key()));
          if (!peer.isCalled()) {
            // We only knock: to be hung up on is what we came for.
            awaiting = Awaiting.NOTHING;
            Refusals.settle(context.channel());
          }
        });
  }

  private void judge(ChannelHandlerContext context, Bytes statement) {
    awaiting = Awaiting.NOTHING;
    Authentication outcome =
        handshake()
            .receiveStatement(
                statement, key -> setting.peers.find(key).isPresent(), dialed.map(PeerLink::key));
    switch (outcome) {
      case Refused(var reason) -> refuse(context, reason);
      case Authenticated peer -> letIn(context, peer);
    }
  }

  private void letIn(ChannelHandlerContext context, Authenticated peer) {
    var link = setting.peers.find(peer.key()).orElseThrow();
    if (dialed.isEmpty() && link.isCalled()) {
      answerKnock(context, link, peer);
      return;
    }
    var connection =
        new Connection(
            context.channel(), link, peer.instance(), decoder, setting.refusals, setting.config);
    var acceptor = dialed.isEmpty() ? Optional.of(handshake()) : Optional.<Handshake>empty();
    decoder.allow(setting.config.limits().maxFrameBytes());
    context.pipeline().addLast(connection);
    var refusal = link.adopt(connection);
    if (refusal.isPresent()) {
      refuse(context, refusal.get(), Optional.of(peer.key()));
      return;
    }
    acceptor.ifPresent(it -> send(context, FrameKind.STATEMENT, it.statementFor(peer.key())));
    context.pipeline().remove(this);
    connection.followPause();
  }

  private void answerKnock(ChannelHandlerContext context, PeerLink link, Authenticated peer) {
    var refusal = link.knocked(peer.instance());
    if (refusal.isPresent()) {
      refuse(context, refusal.get(), Optional.of(peer.key()));
      return;
    }
    decoder.stop();
    Refusals.settle(context.channel());
    var _ = context.close();
  }

  private void send(ChannelHandlerContext context, FrameKind kind, Bytes body) {
    var _ = context.writeAndFlush(FrameEncoder.encode(kind, body));
  }

  private void refuse(ChannelHandlerContext context, Refusal reason) {
    refuse(context, reason, dialed.map(PeerLink::key));
  }

  private void refuse(ChannelHandlerContext context, Refusal reason, Optional<PublicKey> peer) {
    awaiting = Awaiting.NOTHING;
    decoder.stop();
    setting.refusals.refuse(context.channel(), peer, reason);
  }

  private Handshake handshake() {
    if (handshake == null) {
      throw new IllegalStateException("no frame is read before TLS is agreed on");
    }
    return handshake;
  }

  private static Refusal reason(ChannelHandlerContext context, Throwable cause) {
    for (Throwable it = cause; it != null; it = it.getCause()) {
      switch (it) {
        case NotSslRecordException _ -> {
          return Refusal.NOT_TLS;
        }
        case SslHandshakeTimeoutException _ -> {
          return Refusal.TLS_TIMEOUT;
        }
        case SSLException _ -> {
          return context.channel().isActive() ? Refusal.TLS_FAILED : Refusal.CLOSED_EARLY;
        }
        case IOException _ -> {
          return Refusal.CLOSED_EARLY;
        }
        default -> {}
      }
    }
    return Refusal.FAILED;
  }
}
