package dev.quorate.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * The life of a process that runs nodes: it lasts until a signal stops it, with exit code 0, or
 * until one of its nodes can go on no more, with that node's exit code.
 */
public final class ProcessLife {
  /** A stop takes at most five seconds, so closing gets a little less. */
  private static final Duration CLOSING = Duration.ofMillis(4_500);

  private ProcessLife() {}

  /**
   * Waits for the end and returns the exit code of a node that failed. After a signal it never
   * returns: nodes are closed, {@code lastly} is run, and the process ends.
   */
  public static int untilStopped(List<NodeProcess> nodes, Runnable lastly) {
    var code = new AtomicInteger(ExitCode.OK);
    var hook = new Thread(() -> end(nodes, lastly, code), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    var ends = nodes.stream().map(NodeProcess::ended).toArray(CompletableFuture<?>[]::new);
    code.set((Integer) CompletableFuture.anyOf(ends).join());
    return code.get();
  }

  private static void end(List<NodeProcess> nodes, Runnable lastly, AtomicInteger code) {
    var closing =
        CompletableFuture.runAsync(
            () -> {
              nodes.parallelStream().forEach(NodeProcess::close);
              lastly.run();
            },
            task -> Thread.ofPlatform().daemon().name("close").start(task));
    try {
      closing.get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LoggerFactory.getLogger(ProcessLife.class).error("the node did not close cleanly", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code.get());
  }
}
