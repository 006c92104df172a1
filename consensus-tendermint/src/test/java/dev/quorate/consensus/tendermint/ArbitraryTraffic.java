package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.FOUR;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Whatever may come to a validator c, as a seed decides: a and b vote for nil or for the one chain,
 * d says anything, absurd numbers included; anybody relays anything.
 */
final class ArbitraryTraffic {
  private static final int LENGTH = 60;
  private static final long[] ABSURD_HEIGHTS = {0, 1_000, Long.MAX_VALUE};
  private static final int[] ABSURD_ROUNDS = {50, 1_000_000, Integer.MAX_VALUE};

  private static final List<Step> STEPS = List.of(Step.PROPOSE, Step.PREVOTE, Step.PRECOMMIT);

  /** The blocks that a and b vote for, from height 1 on. */
  final List<Block> chain = new ArrayList<>();

  private final List<String> names = List.of("a", "b", "d");
  private final Random random;

  ArbitraryTraffic(long seed) {
    this.random = new Random(seed);
    var parent = BlockId.NONE;
    for (int height = 1; height <= LENGTH; height++) {
      var block = Validators.block(height, parent, FOUR.id("a"), "chain " + height);
      chain.add(block);
      parent = block.id();
    }
  }

  /** Something happens to c. */
  void happens(Replica c) {
    int height = (int) c.height();
    if (height >= LENGTH - 3) {
      return;
    }
    switch (random.nextInt(12)) {
      case 0 -> c.work(random.nextInt(3));
      case 1 -> c.receive(anybody(), proposal(height));
      case 2 -> c.receive(anybody(), justification(height));
      case 3 -> c.receive(anybody(), status());
      case 4 -> c.receive(anybody(), certificate(height));
      case 5 -> c.step(new Event.BlockArrived<>(blockAt(height)));
      case 6 -> c.step(new Event.PeerConnected<>(FOUR.id(anybody())));
      case 7 -> synced(c, height);
      default -> {
        var vote = vote(height);
        c.receive(
            anybody(),
            switch (vote.vote().type()) {
              case PREPARE -> new Prevote(vote);
              case COMMIT -> new Precommit(vote);
            });
      }
    }
  }

  private SignedVote vote(int current) {
    var name = anybody();
    var type = random.nextInt(3) > 0 ? VoteType.PREPARE : VoteType.COMMIT;
    if (name.equals("d")) {
      long height = height(current);
      var block = random.nextBoolean() ? Optional.of(lie(height)) : Optional.<Block>empty();
      return Validators.vote(type, round(), height, block, FOUR.id("d"));
    }
    int height = Math.max(1, current - 1 + random.nextInt(3));
    int round = random.nextInt(3);
    boolean yes = type == VoteType.COMMIT ? random.nextInt(6) == 0 : random.nextBoolean();
    var block = yes ? Optional.of(chain.get(height - 1)) : Optional.<Block>empty();
    return Validators.vote(type, round, height, block, FOUR.id(name));
  }

  private TendermintMessage proposal(int current) {
    var block = random.nextInt(3) > 0 ? blockAt(current) : lie(height(current));
    var round = new Round(round());
    var valid =
        round.value() > 0 && random.nextBoolean()
            ? Optional.of(new Round(random.nextInt(Math.min(round.value(), 5))))
            : Optional.<Round>empty();
    return Proposal.unsigned(block, round, valid, FOUR.id(anybody()));
  }

  /** Votes that belong together or not; of d's only, so that they prove nothing. */
  private TendermintMessage justification(int current) {
    long height = height(current);
    int round = round();
    var one = Validators.vote(VoteType.PREPARE, round, height, Optional.empty(), FOUR.id("d"));
    return new Justification(List.of(one));
  }

  private TendermintMessage status() {
    long height = random.nextInt(4) == 0 ? ABSURD_HEIGHTS[random.nextInt(3)] : random.nextInt(20);
    return new Status(
        new Height(height), new Round(round()), STEPS.get(random.nextInt(3)), random.nextBoolean());
  }

  /** Of the chain's blocks with a quorum; of others, and of other heights, with less. */
  private TendermintMessage certificate(int current) {
    var type = random.nextBoolean() ? VoteType.PREPARE : VoteType.COMMIT;
    boolean real = random.nextInt(4) == 0;
    var block = real ? blockAt(current) : lie(height(current));
    var whole = FOUR.certificate(type, random.nextInt(3), block, "abd");
    return new CertificateMessage(real ? whole : short_(whole, random.nextInt(3)));
  }

  private static Certificate short_(Certificate whole, int signers) {
    return new Certificate(
        whole.type(),
        whole.height(),
        whole.round(),
        whole.blockId(),
        whole.timestamp(),
        whole.signers().subList(0, signers));
  }

  private void synced(Replica c, int current) {
    if (random.nextInt(10) == 0) {
      var block = blockAt(current);
      c.step(new Event.Synced<>(block, FOUR.certificate(VoteType.COMMIT, 1, block, "abd")));
    }
  }

  private Block blockAt(int current) {
    return chain.get(Math.max(0, current - 2 + random.nextInt(3)));
  }

  /** A block of d's: on any parent, valid or not. */
  private Block lie(long height) {
    var parent = random.nextBoolean() ? BlockId.NONE : chain.get(random.nextInt(5)).id();
    var content = random.nextBoolean() ? "invalid" : "lie " + random.nextInt(5);
    return Validators.block(height, parent, liar(), Validators.GENESIS_TIME, content);
  }

  private long height(int current) {
    return random.nextInt(8) == 0
        ? ABSURD_HEIGHTS[random.nextInt(3)]
        : Math.max(0, current - 1 + random.nextInt(4));
  }

  private int round() {
    return random.nextInt(8) == 0 ? ABSURD_ROUNDS[random.nextInt(3)] : random.nextInt(5);
  }

  private String anybody() {
    return names.get(random.nextInt(names.size()));
  }

  private static ValidatorId liar() {
    return FOUR.id("d");
  }
}
