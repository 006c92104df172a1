package dev.quorate.ledger.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  @Test
  void knowsWhereEverythingBegins() {
    var faults = new Faults();

    var json = StrictJson.parse(Bytes.utf8("{\n  \"a\": [1, \"x\"]\n}"), 100, faults).orElseThrow();

    assertThat(json)
        .isInstanceOfSatisfying(
            Json.Obj.class,
            object -> {
              var member = Objects.requireNonNull(object.members().get("a"));
              assertThat(object.place()).isEqualTo(new Json.Place(1, 1));
              assertThat(member.name()).isEqualTo(new Json.Place(2, 3));
              assertThat(member.value())
                  .isEqualTo(
                      new Json.Arr(
                          new Json.Place(2, 8),
                          List.of(
                              new Json.Num(new Json.Place(2, 9), "1"),
                              new Json.Text(new Json.Place(2, 12), "x"))));
            });
  }

  @Test
  void saysWhatIsWrongAndNothingOfTheParsersOwnAffairs() {
    var faults = new Faults();

    assertThat(StrictJson.parse(Bytes.utf8("{"), 100, faults)).isEmpty();
    assertThat(faults.sentences())
        .containsExactly("1:2 not JSON: Unexpected end-of-input: expected close marker for Object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}{}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[01]",
        "[+1]",
        "[.5]",
        "[NaN]",
        "[1] // comment",
        "\"\\ud800\"",
        "\"\\ud800x\"",
        "\"\\udc00\\ud800\"",
        "{\"\\ud800\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "\uFEFF[]"
      })
  void refusesWhatOthersLetPass(String text) {
    var faults = new Faults();

    assertThat(StrictJson.parse(Bytes.utf8(text), 100, faults)).isEmpty();
    assertThat(faults.sentences()).isNotEmpty();
  }

  @Test
  void takesPairsOfSurrogates() {
    assertThat(parse("\"\\ud83d\\ude00 \ud83d\ude00\"")).isTrue();
  }

  @Test
  void takesTextsAsLongAsTheDocumentMayBe() {
    var text = "\"" + "x".repeat(21_000_000) + "\"";

    assertThat(StrictJson.parse(Bytes.utf8(text), text.length(), new Faults())).isPresent();
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    for (var hex : List.of("22ff22", "22c0af22", "22eda08022", "005b005d", "fffe5b005d00")) {
      assertThat(StrictJson.parse(Bytes.fromHex(hex), 100, new Faults())).as(hex).isEmpty();
    }
  }

  @Test
  void refusesDepthAndLengthBeyondItsBounds() {
    int depth = StrictJson.MAX_DEPTH;

    assertThat(parse("[".repeat(depth) + "]".repeat(depth))).isTrue();
    assertThat(parse("[".repeat(depth + 1) + "]".repeat(depth + 1))).isFalse();
    assertThat(parse("[" + " ".repeat(98) + "]")).isTrue();
    assertThat(parse("[" + " ".repeat(99) + "]")).isFalse();
  }

  @Test
  void collectsNoMoreFaultsThanAnybodyReads() {
    var faults = new Faults();
    for (int i = 0; i < 2 * Faults.MAX; i++) {
      faults.add(Json.Place.START, "x", "is wrong");
    }

    assertThat(faults.sentences()).hasSize(Faults.MAX);
  }

  @Test
  void guessesWhatWasMeant() {
    var known = List.of("listen", "peers", "power");

    assertThat(Nearest.to("lisen", known)).contains("listen");
    assertThat(Nearest.to("pwer", known)).contains("power");
    assertThat(Nearest.to("zzz", known)).isEmpty();
    assertThat(Nearest.to("", known)).isEmpty();
  }

  private static boolean parse(String text) {
    return StrictJson.parse(Bytes.utf8(text), 100, new Faults()).isPresent();
  }
}
