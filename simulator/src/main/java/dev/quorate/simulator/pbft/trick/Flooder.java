package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Signature;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends one kind of frames as fast as it is told to, no two of them alike. */
final class Flooder extends PbftTrick {
  /** Heights above the delivered one of which engines keep anything, with the default window. */
  private static final int REACH = 10;

  /** How much further the farthest height of a flood is. */
  private static final int FAR = 2_000;

  private static final int MOST_SLOTS = 24;

  private final Flood of;
  private final Duration interval;
  private final int burst;
  private final VotesHeard votes = new VotesHeard();
  private View view = View.ZERO;
  private Height height;
  private @Nullable LedgerBlock block;
  private int said;

  Flooder(Flood of, Duration interval, int burst) {
    super("flood of " + of.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    this.of = of;
    this.interval = interval;
    this.burst = burst;
    this.height = new Height(0);
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
                pour(tongue);
              }
            });
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    if (message instanceof Status it) {
      view = it.view();
      height = it.committed();
    }
    votes.see(message);
    tongue.say(to, message);
  }

  @Override
  protected boolean isListening() {
    return block == null || of == Flood.CERTIFICATES;
  }

  @Override
  protected void hears(ValidatorId from, PbftMessage message, Tongue tongue) {
    votes.see(message);
    if (message instanceof PrePrepare it) {
      block = LedgerBlock.of(it.block());
    }
  }

  private void pour(Tongue tongue) {
    switch (of) {
      case FUTURE_VIEWS -> tongue.sayToAll(within(laterView(), tongue));
      case FUTURE_HEIGHTS -> tongue.sayToAll(about(view, farHeight(tongue), tongue));
      case MAXIMAL_NUMBERS -> tongue.sayToAll(greatest(tongue));
      case CLAIMS -> tongue.sayToAll(claim(laterView(), tongue));
      case CERTIFICATES ->
          tongue.sayToAll(new CertificateMessage(votes.certificate(height, tongue)));
      case STATUSES ->
          tongue.sayToAll(
              tongue.chance().happens(0.5)
                  ? status(view, height, tongue)
                  : status(laterView(), farHeight(tongue), tongue));
      case FETCHES -> new Errands(tongue).exchange(height, Optional.ofNullable(block));
      case TRANSACTIONS -> new Errands(tongue).transactions(said);
    }
  }

  private PbftMessage within(View later, Tongue tongue) {
    return about(later, height.plus(1L + tongue.chance().below(REACH)), tongue);
  }

  private PbftMessage greatest(Tongue tongue) {
    var most = new View(Integer.MAX_VALUE - tongue.chance().below(3));
    var highest = new Height(Long.MAX_VALUE - tongue.chance().below(3));
    return switch (tongue.chance().below(4)) {
      case 0 -> claim(most, tongue);
      case 1 -> status(most, highest, tongue);
      case 2 -> within(most, tongue);
      default -> about(most, highest, tongue);
    };
  }

  private PbftMessage about(View at, Height where, Tongue tongue) {
    var known = block;
    if (known != null && tongue.chance().happens(0.25)) {
      return proposal(known, at, where, tongue);
    }
    return switch (tongue.chance().below(3)) {
      case 0 -> new Prepare(tongue.signed(vote(VoteType.PREPARE, at, where, tongue)));
      case 1 -> new Commit(tongue.signed(vote(VoteType.COMMIT, at, where, tongue)));
      default -> new Complain(at, Complain.Reason.NO_PROGRESS);
    };
  }

  /** In a view that it opens itself, where there is one soon: such a proposal may come early. */
  private static PbftMessage proposal(LedgerBlock known, View at, Height where, Tongue tongue) {
    var own = at;
    for (int i = 0; i < 8 && !tongue.primaryOf(own).equals(tongue.self()); i++) {
      own = new View(Math.max(0, own.value() - 1));
    }
    var time = known.header().time().plusMillis(tongue.chance().below(1_000_000));
    return tongue.proposal(ForgedBlocks.at(ForgedBlocks.atHeight(known, where), time), own);
  }

  private static PbftMessage claim(View newView, Tongue tongue) {
    var nothing = new BlockRef(tongue.means().genesis().initialHeight().previous(), BlockId.NONE);
    var claim = tongue.signed(new Claim(newView, tongue.self(), Optional.empty(), nothing));
    return tongue.chance().happens(0.5)
        ? new ViewChange(claim, Optional.empty(), Optional.empty())
        : tongue.signed(
            new NewView(
                newView,
                tongue.self(),
                List.of(claim),
                Optional.empty(),
                Optional.empty(),
                Signature.UNSIGNED));
  }

  private static PbftMessage status(View at, Height where, Tongue tongue) {
    var slots = new ArrayList<Status.SlotStatus>();
    int count = tongue.chance().below(MOST_SLOTS);
    for (int i = 0; i < count; i++) {
      slots.add(new Status.SlotStatus(tongue.chance().happens(0.5), new BitSet(), new BitSet()));
    }
    return new Status(at, tongue.chance().happens(0.5), at, where, slots);
  }

  private static Vote vote(VoteType type, View at, Height where, Tongue tongue) {
    var time = Instant.ofEpochSecond(tongue.chance().below(2_000_000_000));
    var id = ForgedBlocks.invented(tongue.chance());
    return new Vote(type, where, at.round(), id, time, tongue.self());
  }

  private View laterView() {
    return new View(view.value() + said);
  }

  private Height farHeight(Tongue tongue) {
    return height.plus(1L + REACH + tongue.chance().below(FAR));
  }
}
