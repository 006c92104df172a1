package dev.quorate.gateway.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.Transaction;
import java.util.Base64;

/**
 * How events look on the way to one subscription: a WebSocket carries its name in each frame, SSE
 * needs none. All of it is ASCII, but for the name.
 */
sealed interface Frames {
  String block(StoredBlock stored);

  String transaction(Position at, Transaction transaction, boolean payload);

  /** The subscription has reached the tip for the first time. */
  String caughtUp(long height);

  /** The client was too slow: it may resume after this place. */
  String gap(String resume);

  /** A sign of life. */
  String heartbeat(long height);

  private static String blockMembers(StoredBlock stored) {
    var block = stored.block();
    long height = block.height().value();
    return "\"seq\":\""
        + height
        + "\",\"height\":"
        + height
        + ",\"hash\":\""
        + block.id().hash().hex()
        + "\",\"txs\":"
        + block.transactions().size()
        + ",\"round\":"
        + stored.commit().round().value()
        + "}";
  }

  private static String transactionMembers(Position at, Transaction transaction, boolean payload) {
    var members = "\"seq\":\"" + at + "\",\"txId\":\"" + transaction.id().hex() + "\"";
    return payload
        ? members
            + ",\"payload\":\""
            + Base64.getEncoder().encodeToString(transaction.bytes().toArray())
            + "\"}"
        : members + "}";
  }

  private static String gapMembers(String resume) {
    return "\"resume\":\"" + resume + "\",\"reason\":\"slow\"}";
  }

  /** JSON frames with field {@code t} and the subscription's {@code id}. */
  record WebSocket(String quotedId) implements Frames {
    static WebSocket of(String id) {
      return new WebSocket(
          "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(id)) + "\"");
    }

    String ok(long head, long first) {
      return frame("ok") + "\"head\":" + head + ",\"first\":" + first + "}";
    }

    @Override
    public String block(StoredBlock stored) {
      return frame("block") + blockMembers(stored);
    }

    @Override
    public String transaction(Position at, Transaction transaction, boolean payload) {
      return frame("tx") + transactionMembers(at, transaction, payload);
    }

    @Override
    public String caughtUp(long height) {
      return frame("caughtup") + "\"height\":" + height + "}";
    }

    @Override
    public String gap(String resume) {
      return frame("gap") + gapMembers(resume);
    }

    @Override
    public String heartbeat(long height) {
      return "{\"t\":\"hb\",\"height\":" + height + "}";
    }

    private String frame(String type) {
      return "{\"t\":\"" + type + "\",\"id\":" + quotedId + ",";
    }
  }

  /** Server-sent events; what SSE has no event for is a comment. */
  record EventStream() implements Frames {
    @Override
    public String block(StoredBlock stored) {
      return event("block", Long.toString(stored.block().height().value()), blockMembers(stored));
    }

    @Override
    public String transaction(Position at, Transaction transaction, boolean payload) {
      return event("tx", at.toString(), transactionMembers(at, transaction, payload));
    }

    @Override
    public String caughtUp(long height) {
      return ": caught up at " + height + "\n\n";
    }

    @Override
    public String gap(String resume) {
      return "event: gap\ndata: {" + gapMembers(resume) + "\n\n";
    }

    @Override
    public String heartbeat(long height) {
      return ": hb " + height + "\n\n";
    }

    private static String event(String type, String id, String members) {
      return "event: " + type + "\nid: " + id + "\ndata: {" + members + "\n\n";
    }
  }
}
