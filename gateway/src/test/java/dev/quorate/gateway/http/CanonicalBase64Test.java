package dev.quorate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalBase64Test {
  @Test
  void readsTheCanonicalFormOfAnyBytes() {
    var random = new Random(1807);
    for (int length = 0; length < 100; length++) {
      var bytes = new byte[length];
      random.nextBytes(bytes);
      var text = Base64.getEncoder().encodeToString(bytes);

      assertThat(CanonicalBase64.decode(text)).contains(Bytes.copyOf(bytes));
      assertThat(CanonicalBase64.encodedLength(length)).isEqualTo(text.length());
    }
  }

  @Test
  void readsNoOtherTextAsThoseBytes() {
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ ";
    for (var canonical : new String[] {"aGk=", "aA==", "aGkh"}) {
      var bytes = CanonicalBase64.decode(canonical);
      for (int at = 0; at < canonical.length(); at++) {
        for (var other : alphabet.split("", -1)) {
          var text = canonical.substring(0, at) + other + canonical.substring(at + 1);
          if (!text.equals(canonical)) {
            assertThat(CanonicalBase64.decode(text)).as(text).isNotEqualTo(bytes);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "aG",
        "aGk",
        "aGl=",
        "aB==",
        "=",
        "====",
        "a===",
        "aG=k",
        "aGk=\n",
        " aGk",
        "\u00e4\u00e4\u00e4\u00e4"
      })
  void refusesWhatIsNotCanonical(String text) {
    assertThat(CanonicalBase64.decode(text)).isEmpty();
  }
}
