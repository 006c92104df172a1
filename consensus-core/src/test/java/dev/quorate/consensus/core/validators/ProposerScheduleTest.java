package dev.quorate.consensus.core.validators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposerScheduleTest {
  @Test
  void givesEqualValidatorsOneTurnEachInSetOrder() {
    var schedule = ProposerSchedule.of(Named.powers(1, 1, 1, 1));

    assertThat(turns(schedule)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void doesNotGrowWithACommonFactorOfThePowers() {
    var schedule = ProposerSchedule.of(Named.powers(700, 700, 700, 700));

    assertThat(turns(schedule)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void givesTurnsInProportionToPower() {
    var turns = turns(ProposerSchedule.of(Named.powers(40, 30, 20, 10)));

    assertThat(turns).hasSize(10);
    assertThat(turns).filteredOn("a"::equals).hasSize(4);
    assertThat(turns).filteredOn("b"::equals).hasSize(3);
    assertThat(turns).filteredOn("c"::equals).hasSize(2);
    assertThat(turns).filteredOn("d"::equals).hasSize(1);
  }

  @Test
  void isAsLongAsEightTurnsAValidatorAtMost() {
    assertThat(ProposerSchedule.of(Named.powers(101, 103, 107, 109)).size()).isEqualTo(32);
  }

  @Test
  void appendsThoseWhoAreTooLightForATurn() {
    var turns = turns(ProposerSchedule.of(Named.powers(1_000_000, 1, 2, 1)));

    assertThat(turns).hasSize(35).endsWith("c", "b", "d");
    assertThat(turns.subList(0, 32)).containsOnly("a");
  }

  @Test
  void beginsAgainPastItsLastTurn() {
    var schedule = ProposerSchedule.of(Named.powers(2, 1));

    for (int i = 0; i < schedule.size(); i++) {
      assertThat(schedule.at(3_000_000_000L * schedule.size() + i)).isEqualTo(schedule.at(i));
    }
    assertThat(schedule.at(Long.MAX_VALUE)).isNotNull();
    assertThatThrownBy(() -> schedule.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void hasOneTurnForALoneValidator() {
    assertThat(turns(ProposerSchedule.of(Named.powers(9)))).containsExactly("a");
  }

  private static List<String> turns(ProposerSchedule schedule) {
    var names = new ArrayList<String>();
    for (int i = 0; i < schedule.size(); i++) {
      names.add(String.valueOf((char) schedule.at(i).address().at(0)));
    }
    return names;
  }
}
