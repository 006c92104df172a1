package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.validators.ProposerSchedule;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.pbft.message.View;

/**
 * Whose turn it is to propose: schedule[(view + height / rotation) mod length], weighted by power;
 * without rotation a view has one primary for all its heights.
 */
record Primaries(ProposerSchedule schedule, int rotation) {
  static Primaries of(ValidatorSet validators, int rotation) {
    return new Primaries(ProposerSchedule.of(validators), rotation);
  }

  ValidatorId of(View view, Height height) {
    long turns = rotation == 0 ? 0 : height.value() / rotation;
    // A peer may name the largest height that there is: the sum must not overflow.
    return schedule.at(view.value() + turns % schedule.size());
  }
}
