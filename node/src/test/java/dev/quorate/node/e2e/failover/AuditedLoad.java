package dev.quorate.node.e2e.failover;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quorate.node.e2e.HttpLine;
import dev.quorate.node.e2e.HttpLine.Reply;
import dev.quorate.node.e2e.NodeCluster;
import dev.quorate.node.e2e.failover.Acknowledgements.Acknowledgement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients that behave as ours are told to: each submits a transaction, waits until it is committed,
 * and submits the next; when a node does not answer, or cannot, the same bytes go to another one.
 */
final class AuditedLoad implements AutoCloseable {
  /** A client that has heard nothing for so long turns to another node. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final int BYTES = 256;
  private static final JsonMapper JSON = new JsonMapper();

  private final NodeCluster cluster;
  private final String name;
  private final Acknowledgements acknowledgements;
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean stopping;

  /** Starts so many clients, spread over all nodes; the name makes their bytes their own. */
  AuditedLoad(NodeCluster cluster, String name, int connections, Acknowledgements told) {
    this.cluster = cluster;
    this.name = name;
    this.acknowledgements = told;
    for (int i = 0; i < connections; i++) {
      int client = i;
      clients.add(Thread.ofVirtual().start(() -> new Client(client).run()));
    }
  }

  /** Lets no client begin anew, and waits until each has its last answer or has given up. */
  @Override
  public void close() {
    stopping = true;
    try {
      for (var client : clients) {
        client.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One connection at a time, to the node that answered last. */
  private final class Client {
    private final int number;
    private int node;
    private @Nullable HttpLine line;

    Client(int number) {
      this.number = number;
      this.node = number % cluster.size();
    }

    void run() {
      for (int i = 0; !stopping; i++) {
        commit(transaction(i));
      }
      leave();
    }

    private byte[] transaction(int i) {
      var words = "%s, client %d, transaction %d ".formatted(name, number, i);
      return Arrays.copyOf(words.getBytes(StandardCharsets.US_ASCII), BYTES);
    }

    private void commit(byte[] transaction) {
      long asked = System.nanoTime();
      while (!stopping) {
        try {
          var reply = line().submit(transaction);
          if (reply.status() == 201 || reply.status() == 200) {
            acknowledged(reply, asked);
            return;
          }
        } catch (IOException _) {
          // The node is gone, or stands still.
        }
        leave();
        node = (node + 1) % cluster.size();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    private void acknowledged(Reply reply, long asked) throws IOException {
      var json = JSON.readTree(reply.body());
      acknowledgements.add(
          new Acknowledgement(
              json.path("id").asText(),
              json.path("height").asText() + "." + json.path("index").asText(),
              json.path("sequence").asLong(),
              number,
              asked,
              System.nanoTime()));
    }

    private HttpLine line() throws IOException {
      var open = line;
      if (open == null) {
        open = new HttpLine(cluster.api(node), "wait=30", PATIENCE);
        line = open;
      }
      return open;
    }

    private void leave() {
      var open = line;
      line = null;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
