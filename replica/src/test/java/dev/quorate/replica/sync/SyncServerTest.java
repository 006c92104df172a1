package dev.quorate.replica.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.store.InMemoryChainStore;
import dev.quorate.replica.Count;
import dev.quorate.replica.Counts;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.wire.Envelope;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncServerTest {
  private static final ValidatorId B = Members.id("b");
  private static final ValidatorId C = Members.id("c");
  private static final Instant NOW = Members.GENESIS_TIME.plusSeconds(60);

  private final Genesis genesis = Members.genesis(4);
  private final BlockRules rules = new BlockRules(genesis, Members.SHAPE, Ed25519.INSTANCE);
  private final InMemoryChainStore store = new InMemoryChainStore(genesis);
  private final Wire wire = new Wire();
  private final Counts counts = new Counts();
  private final SyncServer server = new SyncServer(store, wire, counts);
  private ChainState tip = ChainState.genesis(genesis);

  @Test
  void sendsTheBlocksThatItHasOfThoseAskedFor() {
    append(3, 10);

    ask(2, 9);

    assertThat(answer(0).from()).isEqualTo(new Height(2));
    assertThat(answer(0).blocks()).hasSize(2);
    assertThat(answer(0).blocks().getFirst().block())
        .isEqualTo(store.block(new Height(2)).orElseThrow().block().encoded());
  }

  @Test
  void saysSoWhenItHasNone() {
    ask(1, 5);

    assertThat(answer(0).blocks()).isEmpty();
  }

  @Test
  void anAnswerHoldsAMebibyteOrOneBlock() {
    append(4, 400_000);
    append(1, 1_048_576);

    ask(1, 5);
    ask(5, 5);

    assertThat(answer(0).blocks()).hasSize(2);
    assertThat(answer(1).blocks()).hasSize(1);
  }

  @Test
  void anAnswerHoldsNoMoreBlocksThanAFrameMay() {
    append(300, 1);

    ask(1, 300);

    assertThat(answer(0).blocks()).hasSize(256);
  }

  @Test
  void whoeverAsksForTooMuchWaitsWithoutHurtingOthers() {
    append(1, 1_000_000);
    for (int i = 0; i < 100; i++) {
      ask(1, 1);
    }

    assertThat(wire.sent).hasSize(34);
    assertThat(counts.of(Count.REQUESTS_REFUSED)).isEqualTo(66);
    server.serve(C, new Envelope.CommittedRequest(new Height(1), new Height(1)), NOW);
    server.serve(
        B, new Envelope.CommittedRequest(new Height(1), new Height(1)), NOW.plusSeconds(1));
    assertThat(wire.to).hasSize(36).endsWith(C, B);
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitForTheOldTime() {
    append(1, 1_000_000);
    var request = new Envelope.CommittedRequest(new Height(1), new Height(1));
    for (int i = 0; i < 100; i++) {
      server.serve(B, request, NOW.plusSeconds(3600));
    }
    int before = wire.sent.size();

    server.serve(B, request, NOW);
    server.serve(B, request, NOW.plusSeconds(1));

    assertThat(wire.sent).hasSize(before + 1);
  }

  @Test
  void sendsABodyWhetherItIsFinalOrNot() {
    append(1, 5);
    var undelivered = block(5);
    var delivered = store.block(new Height(1)).orElseThrow().block();

    server.serve(B, undelivered.id(), Optional.of(undelivered.toBlock()), NOW);
    server.serve(B, delivered.id(), Optional.empty(), NOW);
    server.serve(B, undelivered.id(), Optional.empty(), NOW);

    assertThat(wire.sent)
        .containsExactly(
            new Envelope.BlockAnswer(undelivered.encoded()),
            new Envelope.BlockAnswer(delivered.encoded()));
  }

  private Envelope.CommittedAnswer answer(int index) {
    return (Envelope.CommittedAnswer) wire.sent.get(index);
  }

  private void ask(long from, long to) {
    server.serve(B, new Envelope.CommittedRequest(new Height(from), new Height(to)), NOW);
  }

  private void append(int count, int bytes) {
    for (int i = 0; i < count; i++) {
      var block = block(bytes);
      var absent = Collections.nCopies(4, CommitSig.ABSENT);
      var batch = store.begin();
      batch.append(block, new Commit(block.height(), Round.ZERO, block.id(), absent));
      batch.commit();
      tip = tip.after(block);
    }
  }

  private LedgerBlock block(int bytes) {
    var filled = new byte[Math.max(8, bytes)];
    filled[0] = (byte) tip.height().value();
    filled[1] = (byte) (tip.height().value() >> 8);
    return rules.build(tip, NOW, B, List.of(Transaction.of(Bytes.wrap(filled))));
  }
}
