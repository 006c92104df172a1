package dev.quorate.simulator.pbft;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Oracle;
import dev.quorate.simulator.observe.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * O7: what a correct validator signs, over all its incarnations.
 *
 * <ul>
 *   <li>One block for each view and height, in PREPAREs and in COMMITs.
 *   <li>Nothing new in a view below one that it voted in or left for.
 *   <li>PREPAREs of a view in order of height, each on the one before or on a block that can have a
 *       certificate.
 *   <li>A COMMIT only where there can be a prepared certificate of that very view for the block or
 *       a descendant.
 * </ul>
 *
 * <p>What an engine asks to be said counts from the moment at which a frame leaves: a replica signs
 * all that was asked for before it lets the first of it out. While nobody can be reached no frame
 * leaves; then a message counts when it comes back to the engine that said it.
 */
final class VotingOrder implements Oracle {
  private final Lineage lineage;
  private final Ballots ballots = new Ballots();
  private final Map<ValidatorId, Account> accounts = new HashMap<>();

  VotingOrder(Lineage lineage) {
    this.lineage = lineage;
  }

  /** What one validator has signed, and what it has asked to be signed since. */
  private static final class Account {
    final List<Message<?>> asked = new ArrayList<>();
    final Map<Slot, BlockId> signed = new HashMap<>();
    final Map<Integer, TreeMap<Height, BlockId>> prepared = new HashMap<>();
    int floor;
  }

  private record Slot(VoteType type, int view, Height height) {}

  @Override
  public String name() {
    return "O7 order of votes";
  }

  @Override
  public void see(Observation observation, World world) {
    lineage.see(observation);
    if (observation instanceof Observation.Stepped it) {
      if (it.event() instanceof Event.Received<?>(var own, _)
          && own.from().equals(it.node())
          && world.node(it.node()).isCorrect()) {
        signed(own.message(), it.node(), accountOf(it.node()), world);
      }
      accountOf(it.node()).asked.addAll(said(it.effects()));
    } else if (observation instanceof Observation.Sent it) {
      left(it.node(), world);
    } else if (observation instanceof Observation.Started it) {
      accountOf(it.node()).asked.clear();
    }
  }

  private static List<Message<?>> said(List<? extends Effect<?>> effects) {
    var said = new ArrayList<Message<?>>();
    for (var effect : effects) {
      if (effect instanceof Effect.Broadcast<?>(var message)) {
        said.add(message);
      } else if (effect instanceof Effect.Send<?>(_, var message)) {
        said.add(message);
      }
    }
    return said;
  }

  private void left(ValidatorId node, World world) {
    var account = accountOf(node);
    if (!account.asked.isEmpty() && world.node(node).isCorrect()) {
      account.asked.forEach(it -> signed(it, node, account, world));
    }
    account.asked.clear();
  }

  private void signed(Message<?> message, ValidatorId node, Account account, World world) {
    vote(message)
        .map(SignedVote::vote)
        .filter(it -> it.validator().equals(node))
        .ifPresent(it -> voted(it, account, world));
    if (message instanceof ViewChange it && it.claim().claimant().equals(node)) {
      account.floor = Math.max(account.floor, it.claim().newView().value());
    }
  }

  private static Optional<SignedVote> vote(Message<?> message) {
    if (message instanceof Prepare(var vote)) {
      return Optional.of(vote);
    }
    if (message instanceof Commit(var vote)) {
      return Optional.of(vote);
    }
    if (message instanceof PrePrepare it) {
      return Optional.of(it.prepare());
    }
    return message instanceof NewView it ? it.tip() : Optional.empty();
  }

  private void voted(Vote vote, Account account, World world) {
    int view = vote.round().value();
    var slot = new Slot(vote.type(), view, vote.height());
    var before = account.signed.putIfAbsent(slot, vote.blockId());
    if (vote.blockId().equals(before)) {
      return;
    }
    if (before != null) {
      report(vote, "signed for " + before.abbreviated() + " before", world);
    }
    if (view < account.floor) {
      report(vote, "signed after view " + account.floor, world);
    }
    account.floor = Math.max(account.floor, view);
    switch (vote.type()) {
      case PREPARE -> prepared(vote, account, world);
      case COMMIT -> {
        if (!ballots.canBePrepared(view, vote.height(), vote.blockId(), lineage, world)) {
          report(vote, "there can be no prepared certificate of that view", world);
        }
      }
    }
    ballots.add(vote);
  }

  private void prepared(Vote vote, Account account, World world) {
    var ofView = account.prepared.computeIfAbsent(vote.round().value(), _ -> new TreeMap<>());
    if (!ofView.isEmpty() && !vote.height().isAbove(ofView.lastKey())) {
      report(vote, "height " + ofView.lastKey() + " came before", world);
    }
    var parent = lineage.parentOf(vote.blockId());
    var own = ofView.get(vote.height().previous());
    boolean follows = own != null && parent.filter(own::equals).isPresent();
    boolean based =
        parent.filter(it -> isBase(it, world)).isPresent()
            || ballots.canBeCertified(vote.blockId(), world);
    if (!follows && !based && parent.isPresent()) {
      report(vote, "it follows neither its own PREPARE nor a certified block", world);
    }
    ofView.put(vote.height(), vote.blockId());
  }

  private boolean isBase(BlockId id, World world) {
    return id.isNone() || ballots.canBeCertified(id, world);
  }

  private Account accountOf(ValidatorId node) {
    return accounts.computeIfAbsent(node, _ -> new Account());
  }

  private void report(Vote vote, String what, World world) {
    var said =
        "%s of view %s, height %s, %s: %s"
            .formatted(
                vote.type(), vote.round(), vote.height(), vote.blockId().abbreviated(), what);
    world.violations().report(name(), vote.validator(), said);
  }
}
