package dev.quorate.transport;

import dev.quorate.transport.frame.FrameDecoder;
import dev.quorate.transport.handshake.Handshake;
import dev.quorate.transport.handshake.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;

/** Puts the handlers of a fresh connection in their order: TLS, frames, handshake. */
final class Pipeline {
  private final HandshakeHandler.Setting setting;
  private final PendingConnections pending;
  private final ChannelGroup open;

  /** Every connection joins {@code open} before anything else happens to it. */
  Pipeline(HandshakeHandler.Setting setting, PendingConnections pending, ChannelGroup open) {
    this.setting = setting;
    this.pending = pending;
    this.open = open;
  }

  /** For connections that come in; where too many are pending already, it is closed unread. */
  ChannelInitializer<SocketChannel> accepting() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        open.add(channel);
        var address = channel.remoteAddress().getAddress();
        if (pending.enter(address)) {
          var tls = setting.tls().accept(channel.alloc());
          build(channel, tls, Optional.empty(), () -> pending.leave(address));
        } else {
          setting.refusals().refuse(channel, Optional.empty(), Refusal.TOO_MANY_PENDING);
        }
      }
    };
  }

  /** For connections that we open to a peer. */
  ChannelInitializer<SocketChannel> dialing(PeerLink peer) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        open.add(channel);
        build(channel, setting.tls().dial(channel.alloc()), Optional.of(peer), () -> {});
      }
    };
  }

  private void build(Channel channel, SslHandler tls, Optional<PeerLink> dialed, Runnable onLeave) {
    var faults =
        (FrameDecoder.OnFault)
            reason -> setting.refusals().refuse(channel, dialed.map(PeerLink::key), reason);
    var decoder = new FrameDecoder(Handshake.MAX_FRAME_BYTES, faults);
    channel
        .pipeline()
        .addLast(tls, decoder, new HandshakeHandler(setting, decoder, dialed, onLeave));
  }
}
