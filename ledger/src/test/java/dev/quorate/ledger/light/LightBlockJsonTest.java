package dev.quorate.ledger.light;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Vectors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Light blocks of a real chain: built by the rules, signed by three of four, exported. */
class LightBlockJsonTest {
  private static final List<LedgerBlock> CHAIN = Four.chain(4);
  private static final LightBlock THIRD = lightBlock(CHAIN.get(2), "a", "c", "d");
  private static final Instant NOW = THIRD.header().time().plusSeconds(5);

  /**
   * What is not evidence of anything: who handed the block over. All else is hashed, signed or
   * compared.
   */
  private static final List<String> UNJUDGED = List.of("/provider");

  @Test
  void readsWhatItWrites() {
    assertThat(read(LightBlockJson.write(THIRD))).isEqualTo(THIRD);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void passesTheVerifierFromAnyTrustedBlockOfItsChain(int trusted) {
    assertThat(verdict(trusted, LightBlockJson.write(THIRD)))
        .isEqualTo(new LightVerdict.Verified());
  }

  @Test
  void hasTheFormOfThePublishedLightBlocks() {
    var published =
        Vectors.json("light_client_mbt/MC4_4_faulty_TestSuccess.json").at("/input/0/block");
    var ours = Vectors.parse(LightBlockJson.write(THIRD));

    assertThat(names(ours)).isSubsetOf(names(published));
    assertThat(ours.at("/signed_header/header/height").asText()).isEqualTo("3");
    assertThat(ours.at("/signed_header/header/height").isTextual()).isTrue();
    assertThat(ours.at("/signed_header/commit/round").isInt()).isTrue();
    assertThat(ours.at("/signed_header/commit/block_id/hash").asText()).matches("[0-9A-F]{64}");
    assertThat(ours.at("/validator_set/validators/0/pub_key/type").asText())
        .isEqualTo("tendermint/PubKeyEd25519");
  }

  @Test
  void failsForEveryScalarThatIsTamperedWith() {
    var changes = new TreeMap<String, List<Consumer<ObjectNode>>>();
    scalars(Vectors.parse(LightBlockJson.write(THIRD)), "", changes);

    assertThat(changes).hasSizeGreaterThan(60);
    changes.forEach(
        (path, tamperings) -> {
          for (var tamper : tamperings) {
            var json = (ObjectNode) Vectors.parse(LightBlockJson.write(THIRD));
            tamper.accept(json);
            if (UNJUDGED.contains(path)) {
              continue;
            }
            for (int trusted : List.of(1, 2)) {
              assertThat(passes(trusted, json)).as(path + " in " + json).isFalse();
            }
          }
        });
  }

  @Test
  void failsForEveryMemberThatIsMissingOrAdded() {
    var changes = new TreeMap<String, List<Consumer<ObjectNode>>>();
    structure(Vectors.parse(LightBlockJson.write(THIRD)), "", changes);

    assertThat(changes).hasSizeGreaterThan(60);
    changes.forEach(
        (path, tamperings) -> {
          for (var tamper : tamperings) {
            var json = (ObjectNode) Vectors.parse(LightBlockJson.write(THIRD));
            tamper.accept(json);
            assertThat(passes(1, json)).as(path + " in " + json).isFalse();
            assertThat(passes(2, json)).as(path + " in " + json).isFalse();
          }
        });
  }

  @Test
  void readsTheNameThatCometBftHasForPartSetHeaders() {
    var text = LightBlockJson.write(THIRD);
    var other = Bytes.utf8(Vectors.parse(text).toString().replace("part_set_header", "parts"));

    assertThat(read(other)).isEqualTo(THIRD);
  }

  @Test
  void readsThePublishedHeader() {
    var header = (ObjectNode) Vectors.json("header_example.json");
    assertThat(header.remove(List.of("num_txs", "total_txs"))).isNotNull();
    var json = (ObjectNode) Vectors.parse(LightBlockJson.write(THIRD));
    ((ObjectNode) json.get("signed_header")).set("header", header);

    var block = read(Bytes.utf8(json.toString()));

    assertThat(block.header().chainId()).isEqualTo("cosmoshub-1");
    assertThat(block.header().height()).isEqualTo(new Height(15));
    assertThat(block.header().time()).isEqualTo(Instant.parse("2019-03-13T23:09:34.503701042Z"));
    assertThat(block.header().lastResultsHash().isNone()).isTrue();
    assertThat(block.header().lastBlockId().parts().total()).isEqualTo(1);
    assertThat(LightBlockJson.write(block).length()).isPositive();
    assertThat(read(LightBlockJson.write(block)).header()).isEqualTo(block.header());
  }

  @Test
  void tellsEveryFaultOfADocument() {
    var json = (ObjectNode) Vectors.parse(LightBlockJson.write(THIRD));
    ((ObjectNode) json.at("/signed_header/header")).put("height", 3);
    ((ObjectNode) json.at("/signed_header/commit")).put("round", -1);
    ((ObjectNode) json.at("/validator_set/validators/2")).put("voting_power", "0");

    assertThat(LightBlockJson.read(Bytes.utf8(json.toString())))
        .isInstanceOfSatisfying(
            LightBlockJson.Reading.Faulty.class,
            it ->
                assertThat(it.faults())
                    .satisfiesExactly(
                        fault -> assertThat(fault).contains("signed_header.header.height"),
                        fault -> assertThat(fault).contains("signed_header.commit.round"),
                        fault -> assertThat(fault).contains("validators[2].voting_power")));
  }

  /** Another value of the same kind for every text, number and null. */
  private static void scalars(
      JsonNode node, String path, Map<String, List<Consumer<ObjectNode>>> changes) {
    switch (node) {
      case ObjectNode object ->
          object
              .propertyStream()
              .forEach(it -> scalars(it.getValue(), path + "/" + it.getKey(), changes));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          scalars(array.get(i), path + "/" + i, changes);
        }
      }
      default -> {
        var list = new ArrayList<Consumer<ObjectNode>>();
        for (var other : others(node)) {
          list.add(json -> replace(json, path, other));
        }
        changes.put(path, list);
      }
    }
  }

  private static List<JsonNode> others(JsonNode node) {
    if (node.isInt()) {
      return List.of(new IntNode(node.asInt() + 1), new IntNode(node.asInt() - 1));
    }
    var text = node.asText();
    if (node.isNull() || text.isEmpty()) {
      return List.of(
          new TextNode("00"), new TextNode("A".repeat(40)), new TextNode("A".repeat(64)));
    }
    var others = new ArrayList<JsonNode>();
    for (int at : List.of(0, text.length() / 2, text.length() - 1)) {
      for (char other : new char[] {'1', '2', 'A'}) {
        if (text.charAt(at) != other) {
          others.add(new TextNode(text.substring(0, at) + other + text.substring(at + 1)));
        }
      }
    }
    others.add(new TextNode(""));
    return others;
  }

  /** Each member left out, and one more in each object; each element left out or repeated. */
  private static void structure(
      JsonNode node, String path, Map<String, List<Consumer<ObjectNode>>> changes) {
    if (node instanceof ObjectNode object) {
      changes.put(
          path + "/+", List.of(json -> ((ObjectNode) json.at(path)).put("more", "of this")));
      object
          .propertyStream()
          .forEach(
              it -> {
                var name = it.getKey();
                changes.put(
                    path + "/-" + name,
                    List.of(json -> ((ObjectNode) json.at(path)).remove(List.of(name))));
                structure(it.getValue(), path + "/" + name, changes);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        changes.put(
            path + "/" + i,
            List.of(
                json -> ((ArrayNode) json.at(path)).remove(index),
                json -> ((ArrayNode) json.at(path)).insert(index, json.at(path + "/" + index))));
        structure(array.get(i), path + "/" + i, changes);
      }
    }
  }

  private static void replace(ObjectNode json, String path, JsonNode value) {
    int last = path.lastIndexOf('/');
    ((ObjectNode) json.at(path.substring(0, last))).set(path.substring(last + 1), value);
  }

  private static boolean passes(int trusted, JsonNode json) {
    return verdict(trusted, Bytes.utf8(json.toString())) instanceof LightVerdict.Verified;
  }

  private static LightVerdict verdict(int trusted, Bytes json) {
    var rules = LightClientVerifier.Rules.trustingFor(Duration.ofHours(1));
    return switch (LightBlockJson.read(json)) {
      case LightBlockJson.Reading.Read(var block) ->
          new LightClientVerifier(rules, Ed25519.INSTANCE)
              .verify(lightBlock(CHAIN.get(trusted - 1)).trusted(), block, NOW);
      case LightBlockJson.Reading.Faulty(var faults) -> new LightVerdict.Invalid(faults.toString());
    };
  }

  private static LightBlock read(Bytes json) {
    return switch (LightBlockJson.read(json)) {
      case LightBlockJson.Reading.Read(var block) -> block;
      case LightBlockJson.Reading.Faulty(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  private static LightBlock lightBlock(LedgerBlock block, String... signers) {
    var members = Four.SET.members();
    return new LightBlock(
        block.header(), Four.commit(block, 1, signers), members, members, Four.id("b"));
  }

  private static List<String> names(JsonNode node) {
    var names = new ArrayList<String>();
    node.propertyStream()
        .forEach(
            it -> {
              names.add(it.getKey());
              names.addAll(names(it.getValue()));
            });
    node.values().forEachRemaining(it -> names.addAll(names(it)));
    return names.stream().distinct().toList();
  }
}
