package dev.quorate.simulator;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Written;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * A hash over everything that nodes showed of themselves: times, frames, deliveries, writes,
 * answers. Equal for equal seeds; whatever differs between two runs of one seed shows here.
 */
final class EventLog {
  private final MessageDigest digest = sha256();
  private final ByteBuffer head = ByteBuffer.allocate(64);
  private long entries;

  /** One more observation. */
  void add(Observation observation) {
    switch (observation) {
      // What an engine does shows in what follows from it.
      case Observation.Stepped _, Observation.Turned _, Observation.Arrived _ -> {}
      case Observation.Sent(var at, var node, _, var to, var frame) -> {
        begin(1, at, node).put(to.address().at(0));
        add(frame);
      }
      case Observation.Delivered(var at, var node, _, var block, var commit) -> {
        begin(2, at, node).putLong(commit.round().value());
        add(block.id().hash().bytes());
      }
      case Observation.Wrote(var at, var node, _, var what) -> {
        begin(3, at, node);
        switch (what) {
          case Written.Records(var state, var bodies, var appended) -> {
            head.putInt(bodies.size()).putInt(appended.size());
            add(state.orElse(Bytes.EMPTY));
          }
          case Written.GuardSlot(var slot, var content) -> {
            head.putInt(slot);
            add(content);
          }
        }
      }
      case Observation.Signed(var at, var node, _, var signBytes, _) -> {
        begin(4, at, node);
        add(signBytes);
      }
      case Observation.Submitted(var at, var node, var transaction) -> {
        begin(6, at, node);
        add(transaction.id().bytes());
      }
      case Observation.Answered(var at, var node, var transaction, _) -> {
        begin(7, at, node);
        add(transaction.id().bytes());
      }
      case Observation.Started(var at, var node, var incarnation, var status) -> {
        begin(8, at, node).putInt(incarnation).putLong(status.tip().value());
        add(Bytes.EMPTY);
      }
      case Observation.Crashed(var at, var node, _, var how) -> {
        begin(9, at, node);
        add(Bytes.utf8(how.name()));
      }
      case Observation.Ended(var at, var node, _, _) -> {
        begin(10, at, node);
        add(Bytes.EMPTY);
      }
      case Observation.Healed(var at, var core) -> {
        begin(11, at, core.iterator().next()).putInt(core.size());
        add(Bytes.EMPTY);
      }
      case Observation.Finished(var at, _) -> {
        begin(12, at).putLong(entries);
        add(Bytes.EMPTY);
      }
    }
  }

  /** The hash over all of it; the log is over. */
  Hash hash() {
    return Hash.copyOf(digest.digest());
  }

  private ByteBuffer begin(int kind, Instant at, ValidatorId node) {
    return begin(kind, at).put(node.address().at(0)).put(node.address().at(1));
  }

  private ByteBuffer begin(int kind, Instant at) {
    entries++;
    return head.clear().put((byte) kind).putLong(at.getEpochSecond()).putInt(at.getNano());
  }

  private void add(Bytes content) {
    head.putInt(content.length()).flip();
    digest.update(head);
    content.updateTo(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
