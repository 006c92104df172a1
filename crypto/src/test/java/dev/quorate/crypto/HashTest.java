package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
  private static final String OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isSha256() {
    assertThat(Hash.sha256().hex()).isEqualTo(OF_NOTHING);
    assertThat(Hash.sha256(Bytes.utf8("abc"))).isEqualTo(Hash.fromHex(OF_ABC));
  }

  @Test
  void hashesPartsOneAfterTheOther() {
    var text = Bytes.utf8("xabcx");

    assertThat(Hash.sha256(text.slice(1, 2), Bytes.EMPTY, text.slice(2, 4)).hex())
        .isEqualTo(OF_ABC);
  }

  @Test
  void tellsNoneFromZeroBytes() {
    var zeros = Hash.copyOf(new byte[Hash.SIZE]);

    assertThat(Hash.NONE.isNone()).isTrue();
    assertThat(zeros.isNone()).isFalse();
    assertThat(zeros).isNotEqualTo(Hash.NONE);
    assertThat(Hash.copyOf(new byte[0])).isSameAs(Hash.NONE);
    assertThat(Hash.fromHex("")).isSameAs(Hash.NONE);
    assertThat(Hash.NONE.bytes()).isEqualTo(Bytes.EMPTY);
    assertThat(Hash.NONE).hasToString("nil").isLessThan(zeros);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 31, 33, 64})
  void refusesAnyOtherLength(int length) {
    assertThatThrownBy(() -> Hash.copyOf(new byte[length]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hash.copyOf(Bytes.wrap(new byte[length])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNotChangedByArraysThatCameInOrWentOut() {
    var source = new byte[Hash.SIZE];
    var hash = Hash.copyOf(source);

    source[0] = 1;
    hash.toArray()[1] = 1;

    assertThat(hash).isEqualTo(Hash.copyOf(new byte[Hash.SIZE]));
  }

  @Test
  void isOrderedByUnsignedBytes() {
    assertThat(Hash.fromHex("7f" + "00".repeat(31)))
        .isLessThan(Hash.fromHex("80" + "00".repeat(31)));
  }

  @Test
  void isEqualByItsBytes() {
    assertThat(Hash.fromHex(OF_ABC))
        .isEqualTo(Hash.fromHex(OF_ABC.toUpperCase(Locale.ROOT)))
        .hasSameHashCodeAs(Hash.fromHex(OF_ABC))
        .hasToString(OF_ABC);
    assertThat(Hash.fromHex(OF_ABC).abbreviated()).isEqualTo("ba7816bf");
  }
}
