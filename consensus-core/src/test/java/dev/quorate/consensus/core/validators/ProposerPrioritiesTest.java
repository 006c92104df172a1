package dev.quorate.consensus.core.validators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quorate.consensus.core.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProposerPrioritiesTest {
  private static final JsonNode VECTORS = Vectors.read("proposer_priority.json");

  @Test
  void picksThePublishedSequences() {
    var cases = new ArrayList<JsonNode>();
    VECTORS.get("sequences").forEach(cases::add);
    VECTORS.get("first_proposers").forEach(cases::add);
    assertThat(cases).hasSize(4);
    for (var one : cases) {
      var priorities = ProposerPriorities.fresh(set(one.get("validators")));
      for (var expected : one.get("proposers")) {
        var pick = priorities.increment(1);

        assertThat(pick.proposer()).isEqualTo(Named.id(expected.asText()));
        priorities = pick.after();
      }
    }
  }

  @Test
  void picksAsOftenAsPublished() {
    for (var one : VECTORS.get("counts")) {
      var priorities = ProposerPriorities.fresh(set(one.get("validators")));
      var counts = new HashMap<ValidatorId, Integer>();
      for (int i = 0; i < one.get("elections").asInt(); i++) {
        var pick = priorities.increment(1);
        counts.merge(pick.proposer(), 1, Integer::sum);
        priorities = pick.after();
      }

      for (int i = 0; i < one.get("expected").size(); i++) {
        var name = one.get("validators").get(i).get(0).asText();
        assertThat(counts).containsEntry(Named.id(name), one.get("expected").get(i).asInt());
      }
    }
  }

  @Test
  void averagesLikeThePublishedRows() {
    var rows = new ArrayList<JsonNode>();
    VECTORS.get("avg_big").forEach(rows::add);
    VECTORS.get("averaging_zero_power").forEach(rows::add);
    assertThat(rows).hasSize(8);
    for (var row : rows) {
      var priorities = new long[row.get("priorities").size()];
      for (int i = 0; i < priorities.length; i++) {
        priorities[i] = row.get("priorities").get(i).asLong();
      }

      assertThat(ProposerPriorities.average(priorities)).isEqualTo(row.get("avg").asLong());
    }
  }

  @Test
  void averagesBelowZeroDownwards() {
    assertThat(ProposerPriorities.average(new long[] {-1, 0})).isEqualTo(-1);
    assertThat(ProposerPriorities.average(new long[] {-4, 1})).isEqualTo(-2);
  }

  @Test
  void hasThePublishedPrioritiesAfterManyTurnsAtOnce() {
    var rows = VECTORS.get("increment_from_zero_powers_10_1_1").get("rows");
    assertThat(rows).hasSize(11);
    var fresh = ProposerPriorities.fresh(Named.powers(10, 1, 1));
    for (var row : rows) {
      var pick = fresh.increment(row.get("times").asInt());

      var expected = new ArrayList<Long>();
      row.get("priorities").forEach(priority -> expected.add(priority.asLong()));
      assertThat(pick.after().priorities()).isEqualTo(expected);
      var proposer = fresh.validators().members().get(row.get("proposer_index").asInt());
      assertThat(pick.proposer()).isEqualTo(proposer.id());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("updateScenarios")
  void followsTheModelThroughUpdates(String name, JsonNode scenario) {
    var powers = new LinkedHashMap<String, Long>();
    apply(powers, scenario.get("start"));
    var priorities = ProposerPriorities.fresh(set(powers));
    for (var entry : scenario.get("log")) {
      switch (entry.get("op").asText()) {
        case "update" -> {
          apply(powers, entry.get("changes"));
          priorities = priorities.update(set(powers));
        }
        case "new", "increment" -> {
          var pick = priorities.increment(entry.path("times").asInt(1));
          assertThat(pick.proposer()).isEqualTo(Named.id(entry.get("proposer").asText()));
          priorities = pick.after();
        }
        default -> throw new IllegalStateException(entry.toString());
      }

      var expected = new ArrayList<Long>();
      var members = new ArrayList<Validator>();
      for (var row : entry.get("state")) {
        members.add(Named.validator(row.get(0).asText(), row.get(1).asLong()));
        expected.add(row.get(2).asLong());
      }
      assertThat(priorities.validators().members()).as(name).isEqualTo(members);
      assertThat(priorities.priorities()).as(name).isEqualTo(expected);
    }
  }

  static Stream<Object[]> updateScenarios() {
    var scenarios = new ArrayList<Object[]>();
    for (var scenario : VECTORS.get("derived_update_scenarios").get("scenarios")) {
      scenarios.add(new Object[] {scenario.get("name").asText(), scenario});
    }
    return scenarios.stream();
  }

  @Test
  void givesTheTurnToTheLowerAddressAmongEqualPriorities() {
    var fresh = ProposerPriorities.fresh(Named.powers(1, 1, 1, 1));

    assertThat(fresh.increment(1).proposer()).isEqualTo(Named.id("a"));
    assertThat(fresh.increment(2).proposer()).isEqualTo(Named.id("b"));
  }

  @Test
  void holdsTheLargestPowersWithoutOverflow() {
    var validators = Named.powers(ValidatorSet.MAX_TOTAL_POWER - 2, 1, 1);
    var priorities = ProposerPriorities.fresh(validators);
    for (int i = 0; i < 1000; i++) {
      priorities = priorities.increment(1).after();
      assertThat(priorities.priorities().stream().mapToLong(Long::longValue).sum()).isZero();
    }

    assertThat(priorities.update(Named.powers(1, 1, 1)).priorities())
        .allMatch(priority -> Math.abs(priority) <= 6);
  }

  @Test
  void drawsRestoredPrioritiesIntoTheWindow() {
    var bound = ProposerPriorities.BOUND;
    var far = ProposerPriorities.of(Named.powers(1, 1), List.of(bound, -bound));

    assertThat(far.increment(1).after().priorities()).allMatch(it -> Math.abs(it) <= 4);
  }

  @Test
  void isReadBackFromItsPriorities() {
    var priorities = ProposerPriorities.fresh(Named.powers(4, 3, 2, 1)).increment(7).after();

    var restored = ProposerPriorities.of(priorities.validators(), priorities.priorities());

    assertThat(restored).isEqualTo(priorities).hasSameHashCodeAs(priorities);
  }

  @Test
  void refusesWhatNoCourseOfTurnsLeavesBehind() {
    var validators = Named.powers(1, 1);
    var beyond = List.of(ProposerPriorities.BOUND + 1, 0L);

    assertThatThrownBy(() -> ProposerPriorities.of(validators, List.of(0L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProposerPriorities.of(validators, beyond))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProposerPriorities.fresh(validators).increment(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ValidatorSet set(JsonNode validators) {
    var powers = new LinkedHashMap<String, Long>();
    apply(powers, validators);
    return set(powers);
  }

  private static ValidatorSet set(Map<String, Long> powers) {
    return ValidatorSet.of(
        powers.entrySet().stream()
            .map(entry -> Named.validator(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static void apply(Map<String, Long> powers, JsonNode changes) {
    for (var change : changes) {
      powers.put(change.get(0).asText(), change.get(1).asLong());
    }
    powers.values().removeAll(Collections.singleton(0L));
  }
}
