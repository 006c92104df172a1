package dev.quorate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.Four;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed with SIGKILL in the middle of its writes. */
@Timeout(120)
class CrashTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void whateverWasReportedDurableIsThereAfterAKill() throws Exception {
    var data = directory.resolve("data");
    long reported = 0;
    for (int crash = 1; crash <= 2; crash++) {
      try (var child = ChildNode.appending(data)) {
        while (reported < 40L * crash) {
          reported = Long.parseLong(child.line());
        }
        child.kill();
      }

      var opening = DataDirectory.openReadOnly(data);
      assertThat(opening).isInstanceOf(DataDirectory.Opening.Opened.class);
      try (var audited = ((DataDirectory.Opening.Opened) opening).directory();
          var store =
              LmdbChainStore.openReadOnly(
                  data, audited.genesis(), Chains.options(50, Runnable::run))) {
        long height = store.tip().orElseThrow().height().value();
        assertThat(height).isGreaterThanOrEqualTo(reported);
        assertThat(store.engineState()).contains(Bytes.utf8("at " + height));
        assertThat(store.undelivered()).hasSizeBetween(1, 3);
        assertThat(
                new ChainVerifier(Four.GENESIS, Four.SHAPE, Ed25519.INSTANCE)
                    .verify(store, _ -> {}))
            .isEqualTo(
                new ChainVerifier.Result.Ok(
                    store.tip().orElseThrow().height(),
                    store.tip().orElseThrow().id().hash(),
                    2 * height));
      }
    }
  }
}
