package dev.quorate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.DoubleVotes;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.evidence.EvidenceLimits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a chain that begins at the height from which on evidence of height 1 is too old. */
class EvidenceExpiryTest {
  private static final Height BEGIN = new Height(EvidenceLimits.MAX_AGE + 1);
  private static final Genesis GENESIS = Four.builder().initialHeight(BEGIN).build();

  private final DuplicateVoteEvidence old = evidence(1);
  private final DuplicateVoteEvidence young = evidence(2);

  @Test
  void forgetsInMemoryWhatIsTooOldForTheNextBlock() {
    expire(new InMemoryChainStore(GENESIS));
  }

  @Test
  void forgetsOnDiskWhatIsTooOldForTheNextBlock(@TempDir Path directory) {
    expire(open(directory));
    try (var reopened = open(directory)) {
      assertThat(reopened.evidence().pending()).containsExactly(young);
    }
  }

  private void expire(ChainStore store) {
    try (store) {
      var block =
          Four.rules(GENESIS)
              .build(
                  ChainState.genesis(GENESIS),
                  Four.GENESIS_TIME,
                  Four.id("a"),
                  Four.transactions("x"));
      try (var batch = store.begin()) {
        List.of(old, young).forEach(batch::keep);
        batch.commit();
      }
      assertThat(store.evidence().pending()).containsExactly(old, young);

      Chains.append(store, block);

      assertThat(store.evidence().pending()).containsExactly(young);
    }
  }

  private static LmdbChainStore open(Path directory) {
    return LmdbChainStore.open(directory, GENESIS, Chains.options(8, Runnable::run));
  }

  private static DuplicateVoteEvidence evidence(long height) {
    var pair = DoubleVotes.pair("d", new Height(height), 0, "one", "other");
    return DoubleVotes.evidence(pair, Four.GENESIS_TIME);
  }
}
