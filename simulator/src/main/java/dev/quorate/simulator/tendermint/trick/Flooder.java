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
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends one kind of messages as fast as it is told to, no two of them alike. */
final class Flooder extends TendermintTrick {
  private static final List<VoteType> TYPES = List.of(VoteType.values());
  private static final List<Step> STEPS = List.of(Step.values());

  /** How far the farthest height of a flood is. */
  private static final int FAR = 2_000;

  private final Flood of;
  private final Duration interval;
  private final int burst;
  private Round round = Round.ZERO;
  private Height height = new Height(1);
  private @Nullable LedgerBlock block;
  private @Nullable Certificate certificate;
  private int said;

  Flooder(Flood of, Duration interval, int burst) {
    super("flood of " + of.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    this.of = of;
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
                said++;
                tongue.sayToAll(drop(tongue));
              }
            });
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof Status it) {
      round = it.round();
      height = it.height();
    }
    tongue.say(to, message);
  }

  @Override
  protected boolean isListening() {
    return block == null || (of == Flood.CERTIFICATES && certificate == null);
  }

  @Override
  protected void hears(ValidatorId from, TendermintMessage message, Tongue tongue) {
    if (message instanceof Proposal it) {
      block = LedgerBlock.of(it.block());
    } else if (message instanceof CertificateMessage it) {
      certificate = it.certificate();
    }
  }

  private TendermintMessage drop(Tongue tongue) {
    return switch (of) {
      case FUTURE_ROUNDS -> about(height, laterRound(tongue), tongue);
      case FUTURE_HEIGHTS -> about(laterHeight(tongue), laterRound(tongue), tongue);
      case MAXIMAL_NUMBERS -> greatest(tongue);
      case CERTIFICATES -> new CertificateMessage(certificate(tongue));
      case JUSTIFICATIONS ->
          new Justification(List.of(vote(nearHeight(tongue), laterRound(tongue), tongue)));
      case STATUSES -> status(laterHeight(tongue), laterRound(tongue), tongue);
    };
  }

  private TendermintMessage greatest(Tongue tongue) {
    var most = new Round(Integer.MAX_VALUE - tongue.chance().below(3));
    var highest = new Height(Long.MAX_VALUE - tongue.chance().below(3));
    return switch (tongue.chance().below(5)) {
      case 0 -> status(highest, most, tongue);
      case 1 -> about(highest, most, tongue);
      case 2 -> new Justification(List.of(vote(nearHeight(tongue), most, tongue)));
      default -> about(nearHeight(tongue), most, tongue);
    };
  }

  private TendermintMessage about(Height where, Round at, Tongue tongue) {
    var known = block;
    return known != null && tongue.chance().happens(0.25)
        ? proposal(known, where, at, tongue)
        : Tongue.message(vote(where, at, tongue));
  }

  private static Proposal proposal(LedgerBlock known, Height where, Round at, Tongue tongue) {
    var chance = tongue.chance();
    var time = known.header().time().plusMillis(chance.below(1_000_000));
    var validRound =
        at.value() > 0 && chance.happens(0.5)
            ? Optional.of(new Round(chance.below(at.value())))
            : Optional.<Round>empty();
    return tongue.proposal(
        ForgedBlocks.at(ForgedBlocks.atHeight(known, where), time), at, validRound);
  }

  /** A true one without some of its signers, or about another round, or one with the own vote. */
  private Certificate certificate(Tongue tongue) {
    var chance = tongue.chance();
    var known = certificate;
    if (known == null || chance.happens(0.5)) {
      return alone(vote(nearHeight(tongue), laterRound(tongue), tongue));
    }
    boolean moved = chance.happens(0.5);
    var signers = known.signers();
    return new Certificate(
        known.type(),
        moved ? nearHeight(tongue) : known.height(),
        moved ? laterRound(tongue) : known.round(),
        known.blockId(),
        known.timestamp(),
        signers.subList(chance.below(signers.size()), signers.size()));
  }

  private static Certificate alone(SignedVote signed) {
    var it = signed.vote();
    var signer = new Certificate.Signer(it.validator(), signed.signature());
    return new Certificate(
        it.type(), it.height(), it.round(), it.blockId(), it.timestamp(), List.of(signer));
  }

  private static Status status(Height where, Round at, Tongue tongue) {
    var chance = tongue.chance();
    return new Status(where, at, chance.oneOf(STEPS), chance.happens(0.5));
  }

  private static SignedVote vote(Height where, Round at, Tongue tongue) {
    var chance = tongue.chance();
    var time = Instant.ofEpochSecond(chance.below(2_000_000_000));
    var id = ForgedBlocks.invented(chance);
    return tongue.signed(new Vote(chance.oneOf(TYPES), where, at, id, time, tongue.self()));
  }

  /** One of the rounds to come, or one that is farther away than any before. */
  private Round laterRound(Tongue tongue) {
    var chance = tongue.chance();
    return new Round(round.value() + (chance.happens(0.25) ? chance.below(3) : said));
  }

  private Height nearHeight(Tongue tongue) {
    return height.plus(tongue.chance().below(2));
  }

  private Height laterHeight(Tongue tongue) {
    var chance = tongue.chance();
    return height.plus(chance.happens(0.5) ? 1 : 1L + chance.below(FAR));
  }
}
