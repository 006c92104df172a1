package dev.quorate.replica.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Network;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.pool.Mempool.Origin;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a leader is given that takes turns with others; we are d. */
class ForwarderTest {
  private static final Instant NOW = Members.GENESIS_TIME;
  private static final ValidatorId A = Members.id("a");
  private static final ValidatorId B = Members.id("b");

  private final List<String> sent = new ArrayList<>();
  private final Mempool pool = new Mempool(Limits.DEFAULT, 1_000, 1_000_000);
  private final Forwarder forwarder =
      new Forwarder(
          Members.id("d"),
          pool,
          new Recorder(),
          new Counts(),
          Duration.ofMinutes(1),
          Limits.DEFAULT);

  @Test
  void aNewLeaderGetsAllThatWaits() {
    submit("x", "y");
    forwarder.endOfTurn(A, NOW);

    forwarder.endOfTurn(B, NOW);

    assertThat(sent).containsExactly("a x y", "b x y");
  }

  @Test
  void aLeaderWhoseTurnComesAgainGetsOnlyWhatItLacks() {
    submit("x", "y");
    forwarder.endOfTurn(A, NOW);
    forwarder.endOfTurn(B, NOW);
    sent.clear();
    submit("z");
    forwarder.endOfTurn(B, NOW.plusSeconds(1));

    forwarder.endOfTurn(A, NOW.plusSeconds(1));
    forwarder.endOfTurn(B, NOW.plusSeconds(1));
    forwarder.endOfTurn(A, NOW.plusSeconds(1));

    assertThat(sent).containsExactly("b z", "a z");
  }

  @Test
  void aLeaderThatWasAwayGetsEverythingAgain() {
    submit("x");
    forwarder.endOfTurn(A, NOW);
    forwarder.endOfTurn(B, NOW);
    sent.clear();

    forwarder.connected(A);
    forwarder.endOfTurn(A, NOW);

    assertThat(sent).containsExactly("a x");
  }

  @Test
  void whatIsFinalIsNotGivenToTheNextLeader() {
    submit("x", "y");
    forwarder.endOfTurn(A, NOW);
    pool.remove(List.of(Members.transaction("x")));
    sent.clear();

    forwarder.endOfTurn(B, NOW);

    assertThat(sent).containsExactly("b y");
  }

  private void submit(String... texts) {
    for (var text : texts) {
      var transaction = Members.transaction(text);
      pool.admit(transaction, Origin.CLIENT, NOW, false);
      forwarder.admitted(transaction);
    }
  }

  private final class Recorder implements Network {
    @Override
    public boolean send(ValidatorId peer, Bytes frame) {
      var name =
          Members.names(4).stream().filter(it -> Members.id(it).equals(peer)).findFirst().get();
      sent.add(name + " " + contents(frame));
      return true;
    }

    @Override
    public void broadcast(Bytes frame) {
      sent.add("all " + contents(frame));
    }

    private static String contents(Bytes frame) {
      if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.Transactions(var list))) {
        return String.join(
            " ",
            list.stream()
                .map(it -> Transaction.of(it).bytes().toArray())
                .map(it -> new String(it, java.nio.charset.StandardCharsets.UTF_8))
                .toList());
      }
      return "?";
    }
  }
}
