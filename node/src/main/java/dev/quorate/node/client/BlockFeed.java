package dev.quorate.node.client;

import dev.quorate.node.client.EventStream.Start;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The blocks of a network as they become final, each once and in order. A stream that breaks is
 * taken up again behind the last block that was passed on, for as long as it takes.
 */
public final class BlockFeed {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private final ApiClient client;
  private final Consumer<String> hints;
  private Start start;
  private Duration pause = FIRST_PAUSE;

  public BlockFeed(ApiClient client, Start start, Consumer<String> hints) {
    this.client = client;
    this.start = start;
    this.hints = hints;
  }

  /**
   * Passes each block on until this thread is interrupted, or until the node refuses the stream:
   * then its answer is returned. A node that cannot be reached at all is an {@link
   * UnreachableException}; once there was a stream, it is waited for.
   */
  public Answer follow(Consumer<StreamEvent> blocks) {
    boolean connected = false;
    while (true) {
      try (var stream = client.events(start)) {
        if (stream.status() != 200 && !(connected && stream.status() == 503)) {
          return stream.refusal();
        }
        connected = true;
        drain(stream, blocks);
        hints.accept("the stream ended; taking it up again");
      } catch (UnreachableException e) {
        if (!connected || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        hints.accept(e.getMessage() + "; trying again");
      }
      LockSupport.parkNanos(pause.toNanos());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void drain(EventStream stream, Consumer<StreamEvent> blocks) {
    for (var event = stream.next(); event.isPresent(); event = stream.next()) {
      pause = FIRST_PAUSE;
      switch (event.get().type()) {
        case "block" -> {
          blocks.accept(event.get());
          start = new Start.After(start.types(), event.get().id());
        }
        case "gap" -> {
          var resume = event.get().json().path("resume").asText();
          if (!resume.isEmpty()) {
            start = new Start.After(start.types(), resume);
          }
        }
        default -> {}
      }
    }
  }
}
