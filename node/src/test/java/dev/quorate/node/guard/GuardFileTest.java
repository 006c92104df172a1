package dev.quorate.node.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.guard.GuardStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardFileTest {
  private static final Bytes SAID = Bytes.utf8("what was signed");

  @TempDir private Path folder;

  @Test
  void isMadeWholeAndForItsOwnerOnly() throws IOException {
    try (var file = GuardFile.open(folder)) {
      assertThat(file.read(0)).isEqualTo(Bytes.wrap(new byte[GuardStorage.SLOT_BYTES]));
    }

    var path = folder.resolve("guard");
    assertThat(Files.size(path)).isEqualTo(2L * GuardStorage.SLOT_BYTES);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSlotIsFoundAgainAndTheOtherIsUntouched() {
    try (var file = GuardFile.open(folder)) {
      file.write(1, SAID);
      file.sync();
    }

    try (var again = GuardFile.open(folder)) {
      assertThat(again.read(1).slice(0, SAID.length())).isEqualTo(SAID);
      assertThat(again.read(0)).isEqualTo(Bytes.wrap(new byte[GuardStorage.SLOT_BYTES]));
    }
  }

  @Test
  void aFileThatWasNotFinishedWhenTheMachineStoppedIsFinished() throws IOException {
    Files.write(folder.resolve("guard"), SAID.toArray());

    try (var file = GuardFile.open(folder)) {
      assertThat(file.read(0).slice(0, SAID.length())).isEqualTo(SAID);
      assertThat(file.read(1).length()).isEqualTo(GuardStorage.SLOT_BYTES);
    }
  }

  @Test
  void nothingIsWrittenBeyondASlot() {
    try (var file = GuardFile.open(folder)) {
      assertThatThrownBy(() -> file.write(0, Bytes.wrap(new byte[GuardStorage.SLOT_BYTES + 1])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDiskThatCannotBeUsedIsAFailureOfTheStorage() {
    var file = GuardFile.open(folder);
    file.close();

    assertThatThrownBy(() -> file.write(0, SAID)).isInstanceOf(StorageException.class);
    assertThatThrownBy(file::sync).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> file.read(0)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> GuardFile.open(folder.resolve("nowhere")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("guard");
  }
}
