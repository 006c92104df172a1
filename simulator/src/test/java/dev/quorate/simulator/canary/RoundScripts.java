package dev.quorate.simulator.canary;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.Simulation;
import java.time.Duration;

/**
 * What becomes of the rounds of one height in which messages are lost. To be told only to a network
 * that has not begun.
 */
final class RoundScripts {
  private RoundScripts() {}

  /**
   * In round 0 the proposer of round 2 gets no proposal and votes nil; the prevote of the proposer
   * of round 3 reaches nobody. So that one alone sees a polka, and is locked. In round 1 another
   * block is proposed, for which there is no quorum without it.
   */
  static void hiddenLock(Simulation world) {
    var height = new ScriptedHeight(world);
    locksOne(height, 3, 2);
    losesAPrevote(height, 1);
  }

  /** The same, and the proposal of round 1 reaches nobody: there is a nil polka between. */
  static void lockBeforeNilPolka(Simulation world) {
    var height = new ScriptedHeight(world);
    locksOne(height, 3, 2);
    losesProposal(height, 1);
    losesAPrevote(height, 2);
  }

  /** The same, and who is locked dies and comes back before round 2. */
  static void lockAcrossARestart(Simulation world) {
    var height = new ScriptedHeight(world);
    locksOne(height, 3, 2);
    losesProposal(height, 1);
    losesAPrevote(height, 2);
    restarts(height, 3, 0, world);
  }

  /** Who is locked dies in round 1 and comes back, and is the proposer of round 2. */
  static void validBlockAcrossARestart(Simulation world) {
    var height = new ScriptedHeight(world);
    locksOne(height, 2, 3);
    losesProposal(height, 1);
    restarts(height, 2, 1, world);
  }

  /**
   * In round 1 the proposer of round 2 alone sees a polka for another block, and is locked too. Its
   * proposal of round 2 reaches nobody. In round 3 the block of round 0 is proposed again, with the
   * polka of that round.
   */
  static void laterLock(Simulation world) {
    var height = new ScriptedHeight(world);
    var later = height.proposer(2);
    locksOne(height, 3, 2);
    losesProposal(height, 2);
    height
        .lose((_, message) -> ScriptedHeight.isPrevote(message, 1, later))
        .lose((_, message) -> ScriptedHeight.isPolka(message, 1));
  }

  /**
   * The proposer of round 1 sees neither the proposal nor the polka of round 0. The three others
   * precommit, and one of the precommits that each would need is lost: the block can be decided,
   * and is not. In round 1 another block is proposed.
   */
  static void openDecision(Simulation world) {
    var height = new ScriptedHeight(world);
    var first = height.proposer(0);
    var blind = height.proposer(1);
    var last = height.proposer(3);
    height
        .lose((to, it) -> to.equals(blind) && ScriptedHeight.isProposal(it, 0))
        .lose((to, it) -> to.equals(blind) && ScriptedHeight.isPrevote(it, 0, last))
        .lose((to, it) -> to.equals(blind) && ScriptedHeight.isPolka(it, 0))
        .lose((_, it) -> ScriptedHeight.isPrecommit(it, 0, last))
        .lose((to, it) -> to.equals(last) && ScriptedHeight.isPrecommit(it, 0, first))
        .lose((_, it) -> ScriptedHeight.isJustification(it, 0));
  }

  /** One is locked, and the proposer of round 1 dies for good: no quorum is without the lock. */
  static void neededLock(Simulation world) {
    var height = new ScriptedHeight(world);
    locksOne(height, 3, 2);
    losesProposal(height, 1);
    height.when(
        it -> ScriptedHeight.roundOf(it) == 1, () -> world.crash(height.name(height.proposer(1))));
  }

  /**
   * The same with b locked, whose power is little, so that its turn comes late: d has no proposal,
   * and c dies for good. No quorum is without b.
   */
  static void littleLock(Simulation world) {
    var height = new ScriptedHeight(world);
    locksOne(height, world.id("b"), world.id("d"));
    losesProposal(height, 1);
    height.when(it -> ScriptedHeight.roundOf(it) == 1, () -> world.crash("c"));
  }

  /**
   * No proposal of the rounds 0 to 3 reaches anybody, and the proposer of round 0 hears nothing
   * until then. In round 3 the one of round 1 dies for good.
   */
  static void leftBehind(Simulation world) {
    var height = new ScriptedHeight(world);
    var behind = height.proposer(0);
    for (int round = 0; round <= 3; round++) {
      losesProposal(height, round);
    }
    height
        .lose((to, _) -> to.equals(behind) && height.reached() < 3)
        .when(
            it -> ScriptedHeight.roundOf(it) == 3,
            () -> world.crash(height.name(height.proposer(1))));
  }

  /**
   * No precommit of round 0 reaches anybody for a while. The proposer of round 3 hears no prevotes,
   * dies after its own, and comes back without a proposal.
   */
  static void prevoteAcrossARestart(Simulation world) {
    var height = new ScriptedHeight(world);
    var one = height.proposer(3);
    var died = new boolean[1];
    var over = new boolean[1];
    height
        .lose((_, it) -> !over[0] && ScriptedHeight.tellsOfPrecommits(it, 0))
        .lose((to, it) -> to.equals(one) && !died[0] && ScriptedHeight.tellsOfPrevotes(it, 0))
        .lose((to, it) -> to.equals(one) && died[0] && ScriptedHeight.isProposal(it, 0))
        .when(
            it -> ScriptedHeight.isPrevote(it, 0, one),
            () -> {
              died[0] = true;
              world.crash(height.name(one));
            });
    world
        .at(Duration.ofMillis(1_500), () -> world.restart(height.name(one)))
        .at(Duration.ofMillis(3_000), () -> over[0] = true);
  }

  /** One alone sees the polka of round 0, and another one has no proposal of it. */
  private static void locksOne(ScriptedHeight height, int locked, int without) {
    locksOne(height, height.proposer(locked), height.proposer(without));
  }

  private static void locksOne(ScriptedHeight height, ValidatorId locked, ValidatorId without) {
    height
        .lose((to, it) -> ScriptedHeight.isProposal(it, 0) && to.equals(without))
        .lose((_, it) -> ScriptedHeight.isPrevote(it, 0, locked))
        .lose((_, it) -> ScriptedHeight.isPolka(it, 0) && height.reached() < 3);
  }

  private static void losesProposal(ScriptedHeight height, int round) {
    height.lose((_, it) -> ScriptedHeight.isProposal(it, round));
  }

  /** The one of the proposer of round 0 reaches nobody: no quorum is without who is locked. */
  private static void losesAPrevote(ScriptedHeight height, int round) {
    var one = height.proposer(0);
    height.lose((_, it) -> ScriptedHeight.isPrevote(it, round, one));
  }

  /** It dies when its precommit of a round has come to somebody, and is back in the next one. */
  private static void restarts(ScriptedHeight height, int proposer, int round, Simulation world) {
    var one = height.proposer(proposer);
    height
        .when(it -> ScriptedHeight.isPrecommit(it, round, one), () -> world.crash(height.name(one)))
        .when(it -> ScriptedHeight.roundOf(it) == round + 1, () -> world.restart(height.name(one)));
  }
}
