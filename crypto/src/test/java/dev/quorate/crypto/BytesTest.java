package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
  private final Bytes bytes = Bytes.fromHex("00017f80ff");

  @Test
  void isNotChangedByTheArrayItWasCopiedFrom() {
    var source = new byte[] {1, 2, 3};
    var copy = Bytes.copyOf(source);

    source[0] = 9;

    assertThat(copy).isEqualTo(Bytes.fromHex("010203"));
  }

  @Test
  void isNotChangedByTheArrayItGivesAway() {
    bytes.toArray()[0] = 9;

    assertThat(bytes.at(0)).isZero();
  }

  @Test
  void copiesWhatRemainsInABufferAndLeavesItsPosition() {
    var buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);

    assertThat(Bytes.copyOf(buffer)).isEqualTo(Bytes.fromHex("0203"));
    assertThat(buffer.position()).isEqualTo(1);
  }

  @Test
  void slicesWithoutLosingItsPlace() {
    var slice = bytes.slice(1, 4).slice(1, 3);

    assertThat(slice).isEqualTo(Bytes.fromHex("7f80")).hasSameHashCodeAs(Bytes.fromHex("7f80"));
    assertThat(slice.length()).isEqualTo(2);
    assertThat(slice.at(1)).isEqualTo((byte) 0x80);
    assertThat(slice.toArray()).containsExactly(0x7f, 0x80);
    assertThat(slice.hex()).isEqualTo("7f80");
    assertThat(bytes.slice(2, 2)).isSameAs(Bytes.EMPTY);
  }

  @Test
  void letsNobodyLookPastASlice() {
    var slice = bytes.slice(1, 3);

    assertThatThrownBy(() -> slice.at(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(slice.asBuffer().capacity()).isEqualTo(2);
  }

  @Test
  void lendsAViewThatCannotBeWrittenTo() {
    var view = bytes.slice(1, 3).asBuffer();

    assertThat(view.get(0)).isEqualTo((byte) 1);
    assertThatThrownBy(() -> view.put(0, (byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void writesItselfIntoArraysBuffersAndStreams() {
    var slice = bytes.slice(2, 4);
    var array = new byte[4];
    var buffer = ByteBuffer.allocate(4);
    var stream = new ByteArrayOutputStream();

    slice.copyTo(array, 1);
    slice.copyTo(buffer);
    slice.writeTo(stream);

    assertThat(array).containsExactly(0, 0x7f, 0x80, 0);
    assertThat(buffer.position()).isEqualTo(2);
    assertThat(buffer.array()).containsExactly(0x7f, 0x80, 0, 0);
    assertThat(stream.toByteArray()).containsExactly(0x7f, 0x80);
  }

  @Test
  void isOrderedByUnsignedBytesAndThenLength() {
    assertThat(Bytes.fromHex("7f")).isLessThan(Bytes.fromHex("80"));
    assertThat(Bytes.fromHex("01")).isLessThan(Bytes.fromHex("0100"));
    assertThat(Bytes.EMPTY).isLessThan(Bytes.fromHex("00"));
    assertThat(bytes.slice(1, 2)).isEqualByComparingTo(Bytes.fromHex("01"));
  }

  @Test
  void showsNoMoreThanThirtyTwoBytes() {
    assertThat(bytes).hasToString("00017f80ff");
    assertThat(Bytes.wrap(new byte[1000]).toString())
        .startsWith("00".repeat(32) + "...")
        .contains("1000 bytes");
  }

  @Test
  void readsHexadecimalOfEitherCaseAndNothingElse() {
    assertThat(Bytes.fromHex("AbCd")).isEqualTo(Bytes.fromHex("abcd"));
    assertThat(Bytes.fromHex("")).isSameAs(Bytes.EMPTY);
    assertThatThrownBy(() -> Bytes.fromHex("abc")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bytes.fromHex("zz")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void comparesLikeArraysWhereverItWasCut(long seed) {
    var random = new Random(seed);
    var buffer = new byte[64];
    for (int i = 0; i < 2000; i++) {
      // Few values, so that equal slices occur.
      random.nextBytes(buffer);
      for (int j = 0; j < buffer.length; j++) {
        buffer[j] &= (byte) 0x81;
      }
      var whole = Bytes.copyOf(buffer);
      int from = random.nextInt(60);
      int to = from + random.nextInt(4);
      int otherFrom = random.nextInt(60);
      int otherTo = otherFrom + random.nextInt(4);

      var one = whole.slice(from, to);
      var other = whole.slice(otherFrom, otherTo);
      var oneArray = Arrays.copyOfRange(buffer, from, to);
      var otherArray = Arrays.copyOfRange(buffer, otherFrom, otherTo);

      assertThat(one.equals(other)).isEqualTo(Arrays.equals(oneArray, otherArray));
      assertThat(Integer.signum(one.compareTo(other)))
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(oneArray, otherArray)));
      assertThat(one.hashCode()).isEqualTo(Arrays.hashCode(oneArray));
    }
  }
}
