package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says as much as it can about rounds and heights that are far away: the next ones, the greatest
 * numbers there are, and everything between.
 */
final class Storm extends TendermintTrick {
  private static final List<VoteType> TYPES = List.of(VoteType.values());
  private static final List<Step> STEPS = List.of(Step.values());

  private final Duration interval;
  private final int burst;
  private Round round = Round.ZERO;
  private Height height = new Height(1);
  private @Nullable LedgerBlock block;

  /** Several hundred messages a second. */
  Storm() {
    this(Duration.ofMillis(10), 4);
  }

  /** So many messages to all at every interval. */
  Storm(Duration interval, int burst) {
    super("storm");
    this.interval = interval;
    this.burst = burst;
  }

  @Override
  protected void begin(Tongue tongue) {
    tongue
        .means()
        .every(
            interval,
            () -> {
              for (int i = 0; i < burst; i++) {
                tongue.sayToAll(anything(tongue));
              }
            });
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof Status it) {
      round = it.round();
      height = it.height();
    } else if (message instanceof Proposal it) {
      block = LedgerBlock.of(it.block());
    }
    tongue.say(to, message);
  }

  @Override
  protected boolean isListening() {
    return block == null;
  }

  @Override
  protected void hears(ValidatorId from, TendermintMessage message, Tongue tongue) {
    if (message instanceof Proposal it) {
      block = LedgerBlock.of(it.block());
    }
  }

  private TendermintMessage anything(Tongue tongue) {
    return switch (tongue.chance().below(6)) {
      case 0 ->
          new Status(anyHeight(tongue), anyRound(tongue), tongue.chance().oneOf(STEPS), false);
      case 1 -> new Justification(List.of(vote(tongue)));
      case 2 -> certificate(vote(tongue));
      case 3 -> block == null ? Tongue.message(vote(tongue)) : proposal(block, tongue);
      default -> Tongue.message(vote(tongue));
    };
  }

  private Proposal proposal(LedgerBlock known, Tongue tongue) {
    var there = anyRound(tongue);
    boolean again = there.value() > 0 && tongue.chance().happens(0.5);
    var validRound =
        again
            ? Optional.of(new Round(tongue.chance().below(there.value())))
            : Optional.<Round>empty();
    var far = ForgedBlocks.atHeight(known, anyHeight(tongue));
    return tongue.proposal(far, there, validRound);
  }

  private static CertificateMessage certificate(SignedVote signed) {
    var it = signed.vote();
    var signer = new Certificate.Signer(it.validator(), signed.signature());
    return new CertificateMessage(
        new Certificate(
            it.type(), it.height(), it.round(), it.blockId(), it.timestamp(), List.of(signer)));
  }

  private SignedVote vote(Tongue tongue) {
    return tongue.signed(
        new Vote(
            tongue.chance().oneOf(TYPES),
            anyHeight(tongue),
            anyRound(tongue),
            ForgedBlocks.invented(tongue.chance()),
            Instant.ofEpochSecond(tongue.chance().below(2_000_000_000)),
            tongue.self()));
  }

  private Round anyRound(Tongue tongue) {
    var chance = tongue.chance();
    return switch (chance.below(4)) {
      case 0 -> new Round(Integer.MAX_VALUE - chance.below(2));
      case 1 -> new Round(chance.below(Integer.MAX_VALUE));
      default ->
          new Round((int) Math.min(Integer.MAX_VALUE, round.value() + (long) chance.below(6)));
    };
  }

  /** The current height most of the time: of other ones hardly anything is looked at. */
  private Height anyHeight(Tongue tongue) {
    var chance = tongue.chance();
    return switch (chance.below(6)) {
      case 0 -> new Height(Long.MAX_VALUE - chance.below(2));
      case 1 -> new Height(chance.nextLong() >>> 1);
      case 2 -> height.plus(chance.below(24));
      default -> height;
    };
  }
}
