package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says as much as it can about views and heights that are far away: the next ones, the greatest
 * numbers there are, and everything between.
 */
final class Storm extends PbftTrick {
  private final Duration interval;
  private final int burst;
  private View view = View.ZERO;
  private Height height = new Height(1);
  private @Nullable LedgerBlock block;
  private @Nullable ViewChange change;

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
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    if (message instanceof Status it) {
      view = it.view();
      height = it.committed();
    } else if (message instanceof PrePrepare it) {
      block = LedgerBlock.of(it.block());
    } else if (message instanceof ViewChange it) {
      change = it;
    }
    tongue.say(to, message);
  }

  @Override
  protected boolean isListening() {
    return block == null;
  }

  @Override
  protected void hears(ValidatorId from, PbftMessage message, Tongue tongue) {
    if (message instanceof PrePrepare it) {
      block = LedgerBlock.of(it.block());
    }
  }

  private PbftMessage anything(Tongue tongue) {
    return switch (tongue.chance().below(7)) {
      case 0 -> new Prepare(tongue.signed(vote(VoteType.PREPARE, tongue)));
      case 1 -> new Commit(tongue.signed(vote(VoteType.COMMIT, tongue)));
      case 2 -> status(tongue);
      case 3 -> new Complain(anyView(tongue), Complain.Reason.NO_PROGRESS);
      case 4 -> block == null ? status(tongue) : proposal(block, tongue);
      default -> change(tongue);
    };
  }

  private PbftMessage proposal(LedgerBlock known, Tongue tongue) {
    return tongue.proposal(ForgedBlocks.atHeight(known, anyHeight(tongue)), anyView(tongue));
  }

  private PbftMessage change(Tongue tongue) {
    if (change == null) {
      var nothing = new Claim(anyView(tongue), tongue.self(), Optional.empty(), genesis(tongue));
      return new ViewChange(tongue.signed(nothing), Optional.empty(), Optional.empty());
    }
    var least = change.claim().high().map(it -> it.view().value()).orElse(0);
    var newView = new View(Math.max(least + 1, anyView(tongue).value()));
    var claim =
        new Claim(newView, tongue.self(), change.claim().high(), change.claim().committed());
    return new ViewChange(tongue.signed(claim), change.high(), change.commit());
  }

  private static BlockRef genesis(Tongue tongue) {
    return new BlockRef(tongue.means().genesis().initialHeight().previous(), BlockId.NONE);
  }

  private PbftMessage status(Tongue tongue) {
    var slots = new ArrayList<Status.SlotStatus>();
    int count = tongue.chance().below(20);
    for (int i = 0; i < count; i++) {
      slots.add(new Status.SlotStatus(tongue.chance().happens(0.5), new BitSet(), new BitSet()));
    }
    return new Status(
        anyView(tongue), tongue.chance().happens(0.5), anyView(tongue), anyHeight(tongue), slots);
  }

  private Vote vote(VoteType type, Tongue tongue) {
    var hash = Hash.sha256(Bytes.utf8("block " + tongue.chance().nextLong()));
    var id = new BlockId(hash, new PartSetHeader(1, hash));
    var time = Instant.ofEpochSecond(tongue.chance().below(2_000_000_000));
    return new Vote(
        type, anyHeight(tongue), new Round(anyView(tongue).value()), id, time, tongue.self());
  }

  private View anyView(Tongue tongue) {
    var chance = tongue.chance();
    return switch (chance.below(4)) {
      case 0 -> new View(Integer.MAX_VALUE - chance.below(2));
      case 1 -> new View(chance.below(Integer.MAX_VALUE));
      default -> new View((int) Math.min(Integer.MAX_VALUE, view.value() + (long) chance.below(6)));
    };
  }

  private Height anyHeight(Tongue tongue) {
    var chance = tongue.chance();
    return switch (chance.below(4)) {
      case 0 -> new Height(Long.MAX_VALUE - chance.below(2));
      case 1 -> new Height(chance.nextLong() >>> 1);
      default -> height.plus(chance.below(24));
    };
  }
}
