package dev.quorate.node;

import dev.quorate.node.config.NodeConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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

  private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();
  private final AtomicInteger code = new AtomicInteger(ExitCode.OK);
  private final Runnable lastly;
  private final Thread hook = new Thread(this::end, "stop");

  private ProcessLife(Runnable lastly) {
    this.lastly = lastly;
  }

  /** From now on a signal ends the process in order; {@code lastly} is run when all is closed. */
  public static ProcessLife begin(Runnable lastly) {
    var life = new ProcessLife(lastly);
    Runtime.getRuntime().addShutdownHook(life.hook);
    return life;
  }

  /** Starts a node that lives as long as the process. */
  public NodeProcess start(NodeConfig config) {
    var node = NodeProcess.start(config);
    nodes.add(node);
    return node;
  }

  /**
   * Waits for the end and returns the exit code of a node that failed. After a signal it never
   * returns: nodes are closed, {@code lastly} is run, and the process ends.
   */
  public int untilStopped() {
    var ends = nodes.stream().map(NodeProcess::ended).toArray(CompletableFuture<?>[]::new);
    code.set((Integer) CompletableFuture.anyOf(ends).join());
    return code.get();
  }

  /** Closes what was started, because something else was not. */
  public void abandon() {
    Runtime.getRuntime().removeShutdownHook(hook);
    close();
  }

  private void end() {
    var closing =
        CompletableFuture.runAsync(
            this::close, task -> Thread.ofPlatform().daemon().name("close").start(task));
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

  private void close() {
    nodes.parallelStream().forEach(NodeProcess::close);
    lastly.run();
  }
}
