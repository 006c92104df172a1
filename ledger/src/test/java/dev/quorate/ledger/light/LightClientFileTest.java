package dev.quorate.ledger.light;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.Vectors;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LightClientFileTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MC100_2_faulty_TestFailure",
        "MC10_3_faulty_TestFailure",
        "MC10_3_faulty_TestHalfValsetChangesVerdictNotEnoughTrust",
        "MC10_3_faulty_TestHeaderFromFuture",
        "MC10_3_faulty_TestLessThanThirdValsetChanges",
        "MC10_3_faulty_TestMoreThanTwoThirdsValsetChanges",
        "MC10_3_faulty_TestOneThirdValsetChanges",
        "MC10_3_faulty_TestTwoThirdsValsetChanges",
        "MC10_3_faulty_TestValsetDifferentAllSteps",
        "MC10_3_faulty_TestValsetHalves",
        "MC4_4_faulty_Test2NotEnoughTrustSuccess",
        "MC4_4_faulty_Test3NotEnoughTrustSuccess",
        "MC4_4_faulty_TestHalfValsetChanges",
        "MC4_4_faulty_TestHalfValsetChangesVerdictSuccess",
        "MC4_4_faulty_TestHeaderNotWithinTrustingPeriod",
        "MC4_4_faulty_TestLessThanTwoThirdsSign",
        "MC4_4_faulty_TestNonMonotonicHeight",
        "MC4_4_faulty_TestSuccess",
        "MC4_4_faulty_TestValsetDifferentAllSteps",
        "MC4_4_faulty_TestValsetHalves",
        "MC50_2_faulty_TestSuccess"
      })
  void judgesEveryBlockAsPublished(String name) {
    var report = run(published(name));

    assertThat(report.verdicts())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.found()).as(it.reason()).isEqualTo(it.expected()));
    assertThat(report.asExpected()).isTrue();
  }

  /** Each published INVALID has one cause; the verdict must not come from another. */
  @Test
  void findsTheCauseThatTheFileIsAbout() {
    assertThat(lastReason("MC4_4_faulty_TestHeaderNotWithinTrustingPeriod")).contains("too old");
    assertThat(lastReason("MC10_3_faulty_TestHeaderFromFuture")).contains("future");
    assertThat(lastReason("MC4_4_faulty_TestNonMonotonicHeight")).contains("not above");
    assertThat(lastReason("MC4_4_faulty_TestLessThanTwoThirdsSign")).contains("2/3");
  }

  @Test
  void countsTheVerdictsThatAreNotAsExpected() {
    var file = published("MC4_4_faulty_TestSuccess");
    var text = new String(file.toArray(), StandardCharsets.UTF_8);
    var other = Bytes.utf8(text.replaceFirst("\"NOT_ENOUGH_TRUST\"", "\"SUCCESS\""));

    var report = run(other);

    assertThat(report.asExpected()).isFalse();
    assertThat(report.summary()).isEqualTo("2 of 3 verdicts as expected");
  }

  @Test
  void judgesWhatIsNoLightBlockAsAParseError() {
    var file = published("MC4_4_faulty_TestSuccess");
    var text = new String(file.toArray(), StandardCharsets.UTF_8);
    int input = text.indexOf("\"input\"");
    var broken =
        text.substring(0, input)
            + text.substring(input)
                .replaceFirst(
                    "\"validator_address\":\\s*\"[0-9A-F]{40}\"",
                    "\"validator_address\": \"ABCD\"");

    var report = run(Bytes.utf8(broken));

    assertThat(report.verdicts().getFirst().found()).isEqualTo(LightClientFile.Verdict.PARSE_ERROR);
    assertThat(report.verdicts().getFirst().reason()).contains("validator_address");
    assertThat(report.asExpected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"initial\": {}, \"input\": []}",
        "{\"description\": \"\", \"initial\": 1, \"input\": 2}"
      })
  void tellsAFileOfAnotherForm(String text) {
    assertThat(LightClientFile.read(Bytes.utf8(text)))
        .isInstanceOfSatisfying(
            LightClientFile.Reading.NotSuchAFile.class, it -> assertThat(it.faults()).isNotEmpty());
  }

  @Test
  void refusesAVerdictThatDoesNotExist() {
    var file = published("MC4_4_faulty_TestSuccess");
    var text = new String(file.toArray(), StandardCharsets.UTF_8);

    assertThat(LightClientFile.read(Bytes.utf8(text.replace("NOT_ENOUGH_TRUST", "PERHAPS"))))
        .isInstanceOfSatisfying(
            LightClientFile.Reading.NotSuchAFile.class,
            it ->
                assertThat(it.faults()).hasSize(1).first().asString().contains("input[0].verdict"));
  }

  private static String lastReason(String name) {
    return run(published(name)).verdicts().getLast().reason();
  }

  private static LightClientFile.Report run(Bytes file) {
    return switch (LightClientFile.read(file)) {
      case LightClientFile.Reading.Read(var read) -> read.run(Ed25519.INSTANCE);
      case LightClientFile.Reading.NotSuchAFile(var faults) ->
          throw new AssertionError(faults.toString());
    };
  }

  private static Bytes published(String name) {
    return Vectors.bytes("light_client_mbt/" + name + ".json");
  }
}
