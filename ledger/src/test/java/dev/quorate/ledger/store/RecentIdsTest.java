package dev.quorate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.store.TransactionIndex.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentIdsTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 7, 1807})
  void findsWhatWasAddedAndNothingElse(long seed) {
    var random = new Random(seed);
    Map<Hash, Place> expected = new LinkedHashMap<>();
    var ids = new RecentIds(new Height(10), 0, seed);
    for (int i = 0; i < 5_000; i++) {
      var place = new Place(new Height(10 + i / 7), i % 7);
      var id = random(random);
      expected.put(id, place);
      ids.add(id, place.height(), place.index());
    }

    assertThat(ids.size()).isEqualTo(5_000);
    expected.forEach((id, place) -> assertThat(ids.find(id)).isEqualTo(place));
    for (int i = 0; i < 5_000; i++) {
      assertThat(ids.find(random(random))).isNull();
    }
  }

  @Test
  void tellsIdsApartThatDifferInTheirLastByteOnly() {
    var ids = new RecentIds(new Height(1), 0, 0);
    for (int i = 0; i < 200; i++) {
      ids.add(endingIn(i), new Height(1), i);
    }

    for (int i = 0; i < 200; i++) {
      assertThat(ids.find(endingIn(i))).isEqualTo(new Place(new Height(1), i));
    }
    assertThat(ids.find(endingIn(200))).isNull();
  }

  @Test
  void showsTheEntriesInOrderOfTheirIds() {
    var random = new Random(3);
    var ids = new RecentIds(new Height(1), 0, 3);
    for (int i = 0; i < 3_000; i++) {
      ids.add(random(random), new Height(1), i);
    }

    var shown = new ArrayList<Bytes>();
    ids.forEachSorted(
        (id, place) -> {
          assertThat(ids.find(Hash.copyOf(id))).isEqualTo(place);
          shown.add(id);
        });

    assertThat(shown).hasSize(3_000).isSortedAccordingTo(Comparator.naturalOrder());
  }

  @Test
  void countsBlocksWithoutTransactionsToo() {
    var ids = new RecentIds(new Height(5), 0, 0);
    ids.reaches(new Height(9));

    assertThat(ids.blocks()).isEqualTo(5);
    assertThat(ids.size()).isZero();
  }

  private static Hash random(Random random) {
    var bytes = new byte[Hash.SIZE];
    random.nextBytes(bytes);
    return Hash.copyOf(bytes);
  }

  private static Hash endingIn(int last) {
    var bytes = new byte[Hash.SIZE];
    bytes[Hash.SIZE - 1] = (byte) last;
    return Hash.copyOf(bytes);
  }
}
