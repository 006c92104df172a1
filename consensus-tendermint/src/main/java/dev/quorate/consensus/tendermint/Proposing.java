package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Effect.IfEmpty;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.TendermintState.Value;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Step;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * L14-19: the proposer of a round proposes its valid value if it has one, else a fresh block. It
 * never asks for a second block in a round where it has proposed one, also after a restart.
 */
final class Proposing {
  private final RoundState state;
  private final Algorithm1 algorithm;
  private long ticket;
  private @Nullable Place building;
  private @Nullable Place inVain;

  /** Where a block was asked for, and whether an empty one would do. */
  private record Place(Height height, Round round, IfEmpty ifEmpty) {
    boolean isIn(RoundState state) {
      return height.equals(state.height()) && round.equals(state.round());
    }
  }

  Proposing(RoundState state, Algorithm1 algorithm) {
    this.state = state;
    this.algorithm = algorithm;
  }

  /** Proposes, or asks for a block, when that is due. */
  void consider(IfEmpty ifEmpty) {
    if (!isDue()) {
      return;
    }
    var valid = state.valid();
    if (valid.isPresent()) {
      proposeAgain(valid.get());
    } else if (building == null || !building.isIn(state)) {
      build(new Place(state.height(), state.round(), ifEmpty));
    }
  }

  /** What waits in the pool changed: asking for a block may not be in vain any more. */
  void onWork() {
    inVain = null;
  }

  /** The block is durable, and the proposal promised, before the proposal leaves. */
  void onBlockBuilt(long answered, Optional<Block> built) {
    var asked = building;
    if (asked == null || answered != ticket) {
      return;
    }
    building = null;
    if (!asked.isIn(state) || !isDue()) {
      return;
    }
    if (built.isPresent()) {
      var candidate = state.candidates.keepOwn(built.get());
      state.out.broadcast(state.propose(candidate, Optional.empty()));
      return;
    }
    inVain = asked;
    if (asked.ifEmpty() == IfEmpty.BUILD) {
      algorithm.startProposeTimeout();
    }
  }

  /** The own proposal of this round, to the letter, once its body is here. */
  Optional<Proposal> ofThisRound() {
    return state
        .proposal()
        .flatMap(
            own ->
                state
                    .candidates
                    .find(own.value().id())
                    .map(
                        it ->
                            Proposal.unsigned(
                                it.block(), state.round(), own.validRound(), state.self)));
  }

  private boolean isDue() {
    return algorithm.isRunning()
        && state.step() == Step.PROPOSE
        && state.proposal().isEmpty()
        && state.isProposer();
  }

  /** Together with the polka, without which others would not prevote it (L28). */
  private void proposeAgain(Value value) {
    var polka = state.polka().orElseThrow();
    var candidate = state.candidates.find(value.id());
    if (candidate.isEmpty()) {
      algorithm.fetch(polka);
    } else if (candidate.get().isValid()) {
      state.out.broadcast(state.propose(candidate.get(), Optional.of(value.round())));
      state.out.broadcast(new CertificateMessage(polka));
    }
  }

  private void build(Place place) {
    if (place.equals(inVain)) {
      return;
    }
    building = place;
    ticket++;
    Optional<Certificate> lastCommit = state.lastCommit().map(LastCommit::certificate);
    state.out.add(
        new Effect.BuildBlock<>(
            ticket, state.tip().id(), state.height(), lastCommit, place.ifEmpty()));
  }
}
