package dev.quorate.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.quorate.transport.handshake.Refusal;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class RefusalsTest {
  private final Validators validators = new Validators();
  private final Refusals refusals = new Refusals(new Inbox());
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void countsEveryRefusalAndWritesOneLineForEachCause() {
    for (int i = 0; i < 100; i++) {
      refusals.refuse(new EmbeddedChannel(), Optional.empty(), Refusal.NOT_TLS);
      refusals.refuse(new EmbeddedChannel(), Optional.empty(), Refusal.UNKNOWN_KEY);
      refusals.refuse(new EmbeddedChannel(), Optional.of(validators.a.publicKey()), Refusal.SILENT);
    }

    assertThat(refusals.counts())
        .containsEntry(Refusal.NOT_TLS, 100L)
        .containsEntry(Refusal.UNKNOWN_KEY, 100L)
        .containsEntry(Refusal.SILENT, 100L)
        .containsEntry(Refusal.FAILED, 0L)
        .hasSize(Refusal.values().length);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "connection refused: it does not speak TLS",
            "connection refused: its key is no peer's",
            "connection refused: nothing was heard until the idle deadline");
  }

  @Test
  void aConnectionIsRefusedOnce() {
    var channel = new EmbeddedChannel();

    refusals.refuse(channel, Optional.empty(), Refusal.BAD_SIGNATURE);
    refusals.refuse(channel, Optional.empty(), Refusal.CLOSED_EARLY);

    assertThat(channel.isOpen()).isFalse();
    assertThat(refusals.counts())
        .containsEntry(Refusal.BAD_SIGNATURE, 1L)
        .containsEntry(Refusal.CLOSED_EARLY, 0L);
  }

  @Test
  void whatHasEndedWithoutAReasonIsNotRefusedLater() {
    var channel = new EmbeddedChannel();

    assertThat(Refusals.settle(channel)).isTrue();
    refusals.refuse(channel, Optional.empty(), Refusal.CLOSED_EARLY);

    assertThat(refusals.counts()).containsEntry(Refusal.CLOSED_EARLY, 0L);
    assertThat(lines.list).isEmpty();
  }
}
