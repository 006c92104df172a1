package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenesisTest {
  private static final String A = key("a");
  private static final String B = key("b");

  /** Every member, none at its default; the members of a list item share a line. */
  private static final String FULL =
      """
      {
        "format": 1,
        "chain_id": "demo-7f3a",
        "genesis_time": "2026-11-23T20:00:00Z",
        "initial_height": 7,
        "demo": true,
        "engine": "pbft",
        "parameters": {"window": 8},
        "validators": [
          {"name": "node-0", "key": "%s", "power": 3},
          {"name": "node-1", "key": "%s", "power": 1}
        ],
        "limits": {"max_tx_bytes": 1000, "max_block_bytes": 8000, "batch_bytes": 500, "batch_transactions": 10},
        "admission": {"policy": "open"}
      }
      """
          .formatted(A, B);

  @Test
  void readsEveryMember() {
    var genesis = read(FULL);

    assertThat(genesis.chainId()).isEqualTo("demo-7f3a");
    assertThat(genesis.genesisTime()).isEqualTo(Instant.parse("2026-11-23T20:00:00Z"));
    assertThat(genesis.initialHeight()).isEqualTo(new Height(7));
    assertThat(genesis.demo()).isTrue();
    assertThat(genesis.engine()).isEqualTo("pbft");
    assertThat(genesis.parameters()).containsExactly(Map.entry("window", 8L));
    assertThat(genesis.validators())
        .containsExactly(
            new Genesis.GenesisValidator("node-0", Four.keys("a").publicKey(), 3),
            new Genesis.GenesisValidator("node-1", Four.keys("b").publicKey(), 1));
    assertThat(genesis.limits()).isEqualTo(new Limits(1_000, 8_000, 500, 10));
    assertThat(genesis.admission()).isEqualTo(Genesis.Admission.OPEN);
    assertThat(genesis.validatorSet().totalPower()).isEqualTo(4);
  }

  @Test
  void isNamedByTheHashOfItsBytes() {
    var genesis = read(FULL);

    assertThat(genesis.bytes()).isEqualTo(Bytes.utf8(FULL));
    assertThat(genesis.hash()).isEqualTo(Hash.sha256(Bytes.utf8(FULL)));
    assertThat(read(FULL + " ").hash()).isNotEqualTo(genesis.hash());
  }

  @Test
  void namesItsValidators() {
    var genesis = read(FULL);

    assertThat(genesis.nameOf(Four.id("a"))).isEqualTo("node-0");
    assertThat(genesis.nameOf(Four.id("e"))).isEqualTo(Four.id("e").abbreviated());
  }

  @Test
  void fillsInWhatIsLeftOut() {
    var genesis =
        read(
            """
            {"format":1,"chain_id":"c","genesis_time":"2026-11-23T20:00:00Z","engine":"pbft",
             "validators":[{"name":"a","key":"%s","power":1}]}
            """
                .formatted(A));

    assertThat(genesis.initialHeight()).isEqualTo(new Height(1));
    assertThat(genesis.demo()).isFalse();
    assertThat(genesis.parameters()).isEmpty();
    assertThat(genesis.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(genesis.admission()).isEqualTo(Genesis.Admission.OPEN);
  }

  @Test
  void writesDefaultsByLeavingThemOut() {
    var text = text(Four.builder().build());

    assertThat(text)
        .startsWith(
            """
            {
              "format": 1,
              "chain_id": "four",
              "genesis_time": "2026-11-23T20:00:00Z",
              "engine": "pbft",
              "validators": [
                {
                  "name": "a",
            """)
        .endsWith("}\n")
        .doesNotContain("initial_height", "demo", "parameters", "limits", "admission");
  }

  @Test
  void readsBackWhatItWrites() {
    var limits = new Limits(1_000, 8_000, 500, 10);
    var written =
        Four.builder()
            .initialHeight(new Height(9))
            .demo(true)
            .parameter("window", 8)
            .parameter("batch_delay", 3)
            .limits(limits)
            .build();

    var read = read(text(written));

    assertThat(read).isEqualTo(written);
    assertThat(read.initialHeight()).isEqualTo(new Height(9));
    assertThat(read.parameters()).isEqualTo(written.parameters()).hasSize(2);
    assertThat(read.limits()).isEqualTo(limits);
    assertThat(read.validators()).isEqualTo(written.validators());
    assertThat(read.demo()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void allowsNetworksOfAnySizeFromOneOn(int size) {
    var builder = Genesis.builder("c", Four.GENESIS_TIME, "pbft");
    for (int i = 0; i < size; i++) {
      builder.validator("node-" + i, Four.keys("n" + i).publicKey(), 1);
    }

    assertThat(builder.build().validatorSet().size()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"format\": 1 | \"format\": 2 | 2:13 format: must be 1, not 2",
        "\"format\": 1 | \"format\": \"1\" | 2:13 format: must be a number, not a text",
        "\"demo-7f3a\" | \"\" | 3:15 chain_id: must be 1 to 50",
        "\"demo-7f3a\" | \"with space\" | 3:15 chain_id: must be 1 to 50",
        "\"demo-7f3a\" | null | 3:15 chain_id: must be a text, not null",
        "20:00:00Z | 20:00:00+01:00 | 4:19 genesis_time: must be a time like",
        "2026-11-23T20:00:00Z | yesterday | 4:19 genesis_time: must be a time like",
        "2026- | 1969- | 4:19 genesis_time: must be a time like",
        "\"initial_height\": 7 | \"initial_height\": 0 | 5:21 initial_height: must be 1 to",
        "\"initial_height\": 7 | \"initial_height\": 1.5 | 5:21 initial_height: 1.5 is not a whole",
        "\"initial_height\": 7 | \"initial_height\": 1e3 | 5:21 initial_height: 1e3 is not a whole",
        "\"demo\": true | \"demo\": 1 | 6:11 demo: must be true or false, not a number",
        "\"pbft\" | \"PBFT\" | 7:13 engine: must be the name of an engine",
        "{\"window\": 8} | {\"window\": \"8\"} | 8:28 parameters.window: must be a number",
        "{\"window\": 8} | {\"Window\": 8} | parameters.Window: is no name of a parameter",
        "{\"window\": 8} | [] | 8:17 parameters: must be an object, not a list",
        "\"node-1\" | \"node-0\" | 11:14 validators[1].name: belongs to another validator",
        "\"node-1\" | \"-\" | 11:14 validators[1].name: must be 1 to 50 letters",
        "\"power\": 3 | \"power\": 0 | validators[0].power: must be 1 to",
        "\"power\": 3 | \"power\": -1 | validators[0].power: must be 1 to",
        "\"power\": 3 | \"pwer\": 3 | validators[0].pwer: no such member; did you mean \"power\"?",
        "\"max_tx_bytes\": 1000 | \"max_tx_bytes\": 4001 | limits.max_tx_bytes: must be 1 to 4000",
        "\"max_block_bytes\": 8000 | \"max_block_bytes\": 99 | limits.max_block_bytes: must be"
            + " 4096",
        "\"batch_bytes\": 500 | \"batch_bytes\": 0 | limits.batch_bytes: must be 1 to 4000",
        "\"batch_transactions\": 10 | \"batch_transactions\": 70000 | must be 1 to 65536, not"
            + " 70000",
        "\"open\" | \"signed\" | admission.policy: \"signed\" is not in this version",
        "\"open\" | \"closed\" | admission.policy: there is no policy \"closed\"",
        "\"open\" | \"open\", \"clients\": [] | admission.clients: stand only beside",
        "\"engine\" | \"enginee\" | 7:3 enginee: no such member; did you mean \"engine\"?",
        "\"demo\": true | \"demo\": true, \"demo\": true | 6:17 demo: stands in the object twice",
        "\"demo\": true | \"demo\": true, \"xyz\": 1 | 6:17 xyz: no such member"
      })
  void tellsWhatIsWrongAndWhere(String old, String replacement, String sentence) {
    assertThat(FULL).contains(old);

    assertThat(faults(FULL.replace(old, replacement)))
        .anySatisfy(it -> assertThat(it).contains(sentence));
  }

  @ParameterizedTest
  @ValueSource(strings = {"format", "chain_id", "genesis_time", "engine", "validators"})
  void tellsWhatIsMissing(String member) {
    assertThat(
            faults(
                FULL.replace("\"" + member + "\"", "\"" + member.toUpperCase(Locale.ROOT) + "\"")))
        .contains("1:1 " + member + ": is missing");
  }

  @Test
  void tellsAllFaultsAtOnceInTheOrderOfTheFile() {
    var faults =
        faults(
            FULL.replace("\"format\": 1", "\"format\": 3")
                .replace("\"demo\": true", "\"demmo\": true")
                .replace("\"power\": 1", "\"power\": 0")
                .replace("\"policy\"", "\"polizy\""));

    assertThat(faults)
        .hasSize(5)
        .satisfiesExactly(
            it -> assertThat(it).contains("2:13 format"),
            it -> assertThat(it).contains("6:3 demmo"),
            it -> assertThat(it).contains("validators[1].power"),
            it -> assertThat(it).contains("admission.policy: is missing"),
            it -> assertThat(it).contains("admission.polizy"));
  }

  @Test
  void refusesKeysThatAreNotSound() {
    var zero = Base64.getEncoder().encodeToString(new byte[32]);

    assertThat(faults(FULL.replace(A, zero))).singleElement().asString().contains("no sound");
    assertThat(faults(FULL.replace(A, B))).singleElement().asString().contains("another validator");
    assertThat(faults(FULL.replace(A, A.replace("=", ""))))
        .singleElement()
        .asString()
        .contains("32 bytes");
    assertThat(faults(FULL.replace(A, "AAAA"))).singleElement().asString().contains("32 bytes");
    assertThat(faults(FULL.replace(A, "!"))).singleElement().asString().contains("base64");
  }

  @Test
  void refusesMorePowerThanCanBeCounted() {
    var half = String.valueOf(ValidatorSet.MAX_TOTAL_POWER / 2 + 1);
    var file = FULL.replace("\"power\": 3", "\"power\": " + half);

    assertThat(GenesisReader.read(Bytes.utf8(file))).isInstanceOf(GenesisReading.Read.class);
    assertThat(faults(file.replace("\"power\": 1", "\"power\": " + half)))
        .singleElement()
        .asString()
        .contains("add up to more than");
  }

  @Test
  void refusesANetworkWithoutValidators() {
    int from = FULL.indexOf("\"validators\"");
    int to = FULL.indexOf("\"limits\"");
    var none = FULL.substring(0, from) + "\"validators\": [],\n" + FULL.substring(to);

    assertThat(faults(none)).singleElement().asString().contains("validators: must be 1 to 10000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "null", "{", "{}x", "nonsense", "\uFEFF{}"})
  void refusesWhatIsNoGenesisFileAtAll(String text) {
    assertThat(faults(text)).isNotEmpty();
  }

  @Test
  void refusesABuilderWhatItWouldRefuseAFile() {
    assertThatThrownBy(() -> Genesis.builder("c", Four.GENESIS_TIME, "pbft").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("validators");
  }

  private static Genesis read(String text) {
    return switch (Genesis.read(Bytes.utf8(text))) {
      case GenesisReading.Read(var genesis) -> genesis;
      case GenesisReading.Faulty(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  private static List<String> faults(String text) {
    return switch (Genesis.read(Bytes.utf8(text))) {
      case GenesisReading.Read(var genesis) -> throw new AssertionError("read " + genesis);
      case GenesisReading.Faulty(var faults) -> faults;
    };
  }

  private static String text(Genesis genesis) {
    return new String(genesis.bytes().toArray(), StandardCharsets.UTF_8);
  }

  private static String key(String name) {
    return Base64.getEncoder().encodeToString(Four.keys(name).publicKey().bytes().toArray());
  }
}
