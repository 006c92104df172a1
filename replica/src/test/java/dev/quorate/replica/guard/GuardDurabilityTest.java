package dev.quorate.replica.guard;

import static dev.quorate.consensus.core.SignPosition.Kind.COMMIT;
import static dev.quorate.consensus.core.SignPosition.Kind.NEW_VIEW;
import static dev.quorate.consensus.core.SignPosition.Kind.PRECOMMIT;
import static dev.quorate.consensus.core.SignPosition.Kind.PREPARE;
import static dev.quorate.consensus.core.SignPosition.Kind.PREVOTE;
import static dev.quorate.consensus.core.SignPosition.Kind.PROPOSAL;
import static dev.quorate.consensus.core.SignPosition.Kind.VIEW_CHANGE;
import static dev.quorate.replica.guard.Guards.ask;
import static dev.quorate.replica.guard.Guards.sign;
import static dev.quorate.replica.guard.Guards.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.SignGuard.Answer;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What the guard still knows after a crash, and what it does when it knows too little. */
class GuardDurabilityTest {
  private final Disk disk = new Disk();

  @Test
  void whatWasGrantedAndSyncedIsRepeatedToTheByteInTheNextLife() {
    var before = Guards.open(disk, Guards.NEW);
    var prepare = sign(before, PREPARE, 1, 0, "x");
    var claim = sign(before, VIEW_CHANGE, 0, 1, "claim");
    var opening = sign(before, NEW_VIEW, 0, 1, "opening");
    var commit = sign(before, COMMIT, 1, 1, "x");
    before.sync(7);
    disk.cutPower(0);

    var after = Guards.open(disk, store(0, 7));

    assertThat(after.lost()).isEmpty();
    assertThat(after.promises()).isEqualTo(before.promises());
    assertThat(sign(after, VIEW_CHANGE, 0, 1, "claim")).isEqualTo(claim);
    assertThat(sign(after, NEW_VIEW, 0, 1, "opening")).isEqualTo(opening);
    assertThat(sign(after, COMMIT, 1, 1, "x")).isEqualTo(commit).isNotEqualTo(prepare);
  }

  @Test
  void tendermintsRoundIsFoundAgainToo() {
    var before = Guards.open(disk, Guards.NEW);
    sign(before, PROPOSAL, 1, 4, "p");
    sign(before, PREVOTE, 1, 4, "v");
    sign(before, PRECOMMIT, 1, 4, "c");
    before.sync(1);

    assertThat(Guards.open(disk, store(0, 1)).promises()).isEqualTo(before.promises());
  }

  @Test
  void aWriteThatIsTornAnywhereLeavesTheRecordBeforeIt() {
    var before = Guards.open(disk, Guards.NEW);
    sign(before, PREPARE, 1, 0, "x");
    before.sync(1);
    var safe = before.promises();
    sign(before, COMMIT, 1, 0, "x");
    disk.breakDown();
    assertThatThrownBy(() -> before.sync(2)).isInstanceOf(StorageException.class);
    int length = disk.lastWrite().length();
    int lastThatCounts = length;
    while (disk.lastWrite().at(lastThatCounts - 1) == 0) {
      lastThatCounts--; // The slot was zero before.
    }

    for (int bytes = 0; bytes < lastThatCounts; bytes++) {
      disk.cutPower(bytes);
      assertThat(Guards.open(disk, store(0, 2)).promises()).as("%d bytes", bytes).isEqualTo(safe);
    }
    disk.cutPower(length);
    assertThat(Guards.open(disk, store(0, 2)).promises()).isEqualTo(before.promises());
  }

  @Test
  void theFirstWriteMayBeTornToo() {
    var before = Guards.open(disk, Guards.NEW);
    sign(before, PREPARE, 1, 0, "x");
    disk.breakDown();
    assertThatThrownBy(() -> before.sync(1)).isInstanceOf(StorageException.class);
    disk.cutPower(30);

    var after = Guards.open(disk, store(0, 1));

    assertThat(after.lost()).isEmpty();
    assertThat(after.promises()).isEqualTo(Promises.NONE);
  }

  @Test
  void theTwoSlotsAreWrittenInTurnAndTheNewestWins() {
    var guard = Guards.open(disk, Guards.NEW);
    for (int height = 1; height <= 20; height++) {
      guard.delivered(new Height(height - 1));
      sign(guard, COMMIT, height, 0, "x");
      guard.sync(height);

      var again = Guards.open(disk, store(height - 1, height));
      assertThat(again.promises()).isEqualTo(guard.promises());
    }
  }

  @Test
  void oneDamagedSlotCostsOneWriteAtMost() {
    var before = Guards.open(disk, Guards.NEW);
    sign(before, PREPARE, 1, 0, "x");
    before.sync(1);
    disk.rot(1, 40);

    var after = Guards.open(disk, store(0, 1));

    assertThat(after.lost()).isEmpty();
    assertThat(after.promises()).isEqualTo(Promises.NONE);
  }

  @Test
  void withBothSlotsDamagedBesideAStoreThatIsNotNewPromisesAreLost() {
    var before = Guards.open(disk, Guards.NEW);
    sign(before, PREPARE, 1, 0, "x");
    before.sync(1);
    disk.rot(0, 40);
    disk.rot(1, 40);

    var after = Guards.open(disk, store(0, 1));

    assertThat(after.lost()).hasValueSatisfying(it -> assertThat(it).contains("damaged"));
    refusesEverything(after);
  }

  @Test
  void withoutAGuardBesideAStoreThatIsNotNewPromisesAreLostOverAllStarts() {
    Guards.open(disk, store(5, 9));

    var again = Guards.open(disk, store(5, 9));

    assertThat(again.lost()).hasValueSatisfying(it -> assertThat(it).contains("earlier start"));
    refusesEverything(again);
  }

  @Test
  void aNewValidatorSignsAtOnce() {
    var guard = Guards.open(disk, Guards.NEW);

    assertThat(guard.lost()).isEmpty();
    sign(guard, PREPARE, 1, 0, "x");
  }

  @Test
  void aNewValidatorThatCrashedBeforeItSavedAnythingIsStillNew() {
    Guards.open(disk, Guards.NEW);
    disk.erase();

    assertThat(Guards.open(disk, Guards.NEW).lost()).isEmpty();
  }

  @Test
  void aStoreAheadOfTheGuardIsTheTraceOfACrash() {
    var before = Guards.open(disk, Guards.NEW);
    sign(before, PREPARE, 1, 0, "x");
    before.sync(1);

    var after = Guards.open(disk, store(3, 8));

    assertThat(after.lost()).isEmpty();
    assertThat(after.promises().heightFloor()).isEqualTo(new Height(3));
  }

  @Test
  void aStoreWithoutTheStateOnWhichASignatureRestsWasRolledBack() {
    var before = Guards.open(disk, Guards.NEW);
    sign(before, PREPARE, 1, 0, "x");
    before.sync(8);

    var after = Guards.open(disk, store(0, 7));

    assertThat(after.lost()).hasValueSatisfying(it -> assertThat(it).contains("8").contains("7"));
    refusesEverything(after);
  }

  @Test
  void aStoreThatIsGoneBesideAGuardThatSignedIsRolledBackToo() {
    var before = Guards.open(disk, Guards.NEW);
    sign(before, PREPARE, 1, 0, "x");
    before.sync(1);

    assertThat(Guards.open(disk, Guards.NEW).lost()).isPresent();
  }

  @Test
  void aStoreThatEndsBelowADeliveredHeightWasRolledBack() {
    var before = Guards.open(disk, store(0, 0));
    before.startAt(new Height(4), Round.ZERO, 1);

    assertThat(Guards.open(disk, store(3, 1)).lost())
        .hasValueSatisfying(it -> assertThat(it).contains("height 4").contains("3"));
  }

  @Test
  void whoIsDistrustedSignsNothingInAnyLaterLife() {
    var before = Guards.open(disk, Guards.NEW);
    before.distrust("somebody else signs");
    disk.cutPower(0);

    refusesEverything(before);
    refusesEverything(Guards.open(disk, store(9, 9)));
  }

  @Test
  void whoMayStartAgainSignsAboveThatPointOnly() {
    Guards.open(disk, store(5, 9)).startAt(new Height(20), new Round(4), 12);

    var guard = Guards.open(disk, store(20, 12));

    assertThat(guard.lost()).isEmpty();
    assertThat(ask(guard, PREPARE, 20, 4, "x")).isInstanceOf(Answer.Refused.class);
    assertThat(ask(guard, PREPARE, 21, 3, "x")).isInstanceOf(Answer.Refused.class);
    assertThat(ask(guard, VIEW_CHANGE, 0, 4, "x")).isInstanceOf(Answer.Refused.class);
    assertThat(ask(guard, PRECOMMIT, 20, 9, "x")).isInstanceOf(Answer.Refused.class);
    sign(guard, PREPARE, 21, 4, "x");
  }

  @Test
  void aFailedSyncPoisonsTheGuard() {
    var guard = Guards.open(disk, Guards.NEW);
    sign(guard, PREPARE, 1, 0, "x");
    disk.breakDown();

    assertThatThrownBy(() -> guard.sync(1)).hasMessage("the guard's disk is gone");
    disk.cutPower(0);

    assertThatThrownBy(() -> guard.sync(1)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> ask(guard, PREPARE, 2, 0, "y")).isInstanceOf(StorageException.class);
  }

  @Test
  void aRepeatedSignatureCostsNoWrite() {
    var guard = Guards.open(disk, Guards.NEW);
    sign(guard, PREPARE, 1, 0, "x");

    assertThat(guard.sync(1)).isTrue();
    sign(guard, PREPARE, 1, 0, "x");
    assertThat(guard.sync(2)).isFalse();
  }

  @Test
  void theLargestBookFitsIntoASlotAndIsFoundAgain() {
    var guard = Guards.open(disk, Guards.NEW);
    for (int height = 1; height <= ViewPromises.MAX_HEIGHTS; height++) {
      sign(guard, PREPARE, height, 1, "x");
      sign(guard, COMMIT, height, 1, "x");
    }
    sign(guard, NEW_VIEW, 0, 1, "x");
    sign(guard, VIEW_CHANGE, 0, 2, "x");
    for (var kind : List.of(PROPOSAL, PREVOTE, PRECOMMIT)) {
      sign(guard, kind, 1, 1, "x");
    }
    guard.sync(1);

    assertThat(disk.lastWrite().length()).isLessThanOrEqualTo(GuardStorage.SLOT_BYTES);
    assertThat(Guards.open(disk, store(0, 1)).promises()).isEqualTo(guard.promises());
  }

  @Test
  void aGuardOfAnotherFormatIsRefused() {
    Guards.open(disk, Guards.NEW);
    var record = disk.lastWrite();
    var changed = record.toArray();
    changed[7] = 9;
    // The checksum covers the format, so it has to be right for the number to be believed.
    var crc = new CRC32C();
    crc.update(changed, 4, 16);
    crc.update(changed, 24, changed.length - 24);
    ByteBuffer.wrap(changed).putInt(20, (int) crc.getValue());
    disk.write(0, Bytes.wrap(changed));

    assertThatThrownBy(() -> Guards.open(disk, Guards.NEW))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format 9");
  }

  private static void refusesEverything(DurableSignGuard guard) {
    assertThat(ask(guard, PREPARE, 100, 100, "x"))
        .isInstanceOfSatisfying(
            Answer.Refused.class, it -> assertThat(it.reason()).contains("lost"));
  }
}
