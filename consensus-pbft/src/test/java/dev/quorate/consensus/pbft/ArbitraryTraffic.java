package dev.quorate.consensus.pbft;

import static dev.quorate.consensus.pbft.Validators.CHAIN;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Whatever three other validators may send to c, in no order: two of them agree on one chain, whose
 * blocks are certified in many views, and the third one says anything that is well-formed.
 */
final class ArbitraryTraffic {
  private static final Validators FOUR = Validators.FOUR;

  private static final int[] EXTREMES = {2, 6, 9, Integer.MAX_VALUE - 1, Integer.MAX_VALUE};

  /** How many events a view lasts. */
  private static final int PACE = 60;

  private static final int HEIGHTS = 30;

  final List<Block> chain = NormalCaseTest.chain("agreed", HEIGHTS);
  private final List<Block> blocks = new ArrayList<>(chain);
  private final Random random;
  private final String liar;
  private final List<String> honest;
  private int events;
  private int delivered;

  ArbitraryTraffic(long seed) {
    this.random = new Random(seed);
    this.liar = List.of("a", "b", "d").get(random.nextInt(3));
    this.honest = List.of("a", "b", "d").stream().filter(it -> !it.equals(liar)).toList();
    for (int i = 0; i < 2 * HEIGHTS; i++) {
      int height = 1 + i / 2;
      var parent = height == 1 ? BlockId.NONE : parentAt(height - 1);
      var content = (random.nextInt(4) == 0 ? "invalid " : "fork ") + i;
      blocks.add(Validators.block(height, parent, FOUR.id(liar), content));
    }
  }

  /** The next thing that happens to c, which has delivered so many blocks. */
  void happens(Replica c, int delivered) {
    this.delivered = delivered;
    events++;
    switch (random.nextInt(16)) {
      case 0 -> c.fire(any(List.of(PbftTimer.values())));
      case 1 -> c.work(random.nextInt(3), random.nextBoolean());
      case 2 -> c.step(new Event.BlockArrived<>(near(chain)));
      case 3 -> c.step(new Event.PeerConnected<>(FOUR.id(anybody())));
      case 4 -> synced(c);
      default -> receive(c);
    }
  }

  private void synced(Replica c) {
    if (random.nextInt(4) == 0 && delivered < chain.size()) {
      var block = chain.get(delivered);
      c.step(new Event.Synced<>(block, certificate(VoteType.COMMIT, view(), block)));
    }
  }

  private void receive(Replica c) {
    switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5 -> proposal(c);
      case 6, 7, 8, 9 -> vote(c, liar, anyView(), near(blocks));
      case 10, 11, 12 -> c.receive(liar, oddVote());
      case 13, 14, 15 ->
          c.receive(anybody(), new CertificateMessage(certificate(type(), view(), near(chain))));
      case 16, 17, 18, 19 -> viewChange(c);
      case 20, 21 -> newView(c);
      case 22, 23, 24 -> c.receive(anybody(), status());
      case 25 -> c.receive(random.nextInt(4) > 0 ? liar : anybody(), complaint());
      case 26 -> {
        if (random.nextInt(20) == 0) {
          c.receive(anybody(), conflict());
        }
      }
      default -> vote(c, any(honest), view(), near(chain));
    }
  }

  private void proposal(Replica c) {
    int view = anyView();
    var primary = FOUR.all().get(view % 4);
    if (!primary.equals(c.self)) {
      var block = primary.equals(FOUR.id(liar)) ? near(blocks) : near(chain);
      var vote = Validators.vote(VoteType.PREPARE, view, block, primary);
      c.receive(anybody(), new PrePrepare(block, vote));
    }
  }

  private void vote(Replica c, String voter, int view, Block block) {
    c.receive(voter, message(Validators.vote(type(), view, block, FOUR.id(voter))));
  }

  /** A vote that no correct validator gives. */
  private PbftMessage oddVote() {
    var right = Validators.vote(type(), anyView(), near(chain), FOUR.id(liar)).vote();
    var height = random.nextInt(4) > 0 ? right.height() : new Height(extremeHeight());
    var odd =
        new Vote(
            right.type(),
            height,
            right.round(),
            right.blockId(),
            right.timestamp().plusMillis(random.nextInt(2)),
            right.validator());
    return message(
        new SignedVote(odd, Validators.signature(odd.validator(), odd.signBytes(CHAIN))));
  }

  private static PbftMessage message(SignedVote signed) {
    return signed.vote().type() == VoteType.PREPARE ? new Prepare(signed) : new Commit(signed);
  }

  private void viewChange(Replica c) {
    boolean lies = random.nextInt(3) == 0;
    var name = lies ? liar : any(honest);
    c.receive(name, claim(name, lies ? anyView() : Math.max(1, level()), lies));
  }

  private ViewChange claim(String name, int newView, boolean lies) {
    var high =
        Optional.of(certificate(type(), view(), near(chain)))
            .filter(it -> it.round().value() < newView && random.nextBoolean());
    var delivered = random.nextBoolean() ? Optional.of(near(chain)) : Optional.<Block>empty();
    var commit = delivered.map(it -> certificate(VoteType.COMMIT, view(), it));
    var start = new BlockRef(new Height(lies ? extremeHeight() : 0), BlockId.NONE);
    var claim =
        new Claim(
            new View(newView),
            FOUR.id(name),
            high.map(Claim.High::of),
            delivered.map(BlockRef::of).orElse(start));
    var signature = Validators.signature(FOUR.id(name), claim.signBytes(CHAIN));
    return new ViewChange(new SignedClaim(claim, signature), high, commit);
  }

  private void newView(Replica c) {
    int view = 1 + random.nextInt(1 + level());
    var primary = FOUR.all().get(view % 4);
    if (primary.equals(c.self)) {
      return;
    }
    var claims = new ArrayList<ViewChange>();
    for (var name : List.of("a", "b", "d")) {
      if (random.nextInt(12) > 0) {
        claims.add(claim(name, view, false));
      }
    }
    var certificate =
        claims.stream().flatMap(it -> it.high().stream()).max(Comparator.comparing(Rank::of));
    var tip =
        certificate
            .filter(it -> random.nextInt(4) > 0)
            .map(it -> Validators.vote(VoteType.PREPARE, view, blockOf(it), primary));
    c.receive(
        FOUR.nameOf(primary),
        new NewView(
            new View(view),
            primary,
            claims.stream().map(ViewChange::signed).toList(),
            certificate,
            tip,
            Signature.UNSIGNED));
  }

  private PbftMessage status() {
    var slots = new ArrayList<Status.SlotStatus>();
    for (int i = random.nextInt(300); i > 250; i--) {
      slots.add(new Status.SlotStatus(random.nextBoolean(), bits(), bits()));
    }
    var height =
        random.nextBoolean() ? new Height(random.nextInt(HEIGHTS)) : new Height(extremeHeight());
    return new Status(
        new View(anyView()), random.nextBoolean(), new View(anyView()), height, slots);
  }

  private PbftMessage complaint() {
    return new Complain(new View(anyView()), Complain.Reason.NO_PROGRESS);
  }

  private PbftMessage conflict() {
    int view = anyView();
    var one = Validators.vote(VoteType.PREPARE, view, chain.get(0), FOUR.id(liar));
    var fork = Validators.block(1, BlockId.NONE, FOUR.id(liar), "another");
    return new Conflict(one, Validators.vote(VoteType.PREPARE, view, fork, FOUR.id(liar)));
  }

  private Certificate certificate(VoteType type, int view, Block block) {
    var signers = new ArrayList<Certificate.Signer>();
    for (var member : List.of("a", "b", "d")) {
      var vote = Validators.vote(type, view, block, FOUR.id(member));
      signers.add(new Certificate.Signer(FOUR.id(member), vote.signature()));
    }
    return new Certificate(
        type, block.height(), new View(view).round(), block.id(), block.time(), signers);
  }

  private Block blockOf(Certificate certificate) {
    return chain.get((int) certificate.height().value() - 1);
  }

  private BlockId parentAt(int height) {
    var found = blocks.stream().filter(it -> it.height().value() == height).toList();
    return any(found).id();
  }

  private String anybody() {
    return any(List.of("a", "b", "d"));
  }

  private VoteType type() {
    return random.nextBoolean() ? VoteType.PREPARE : VoteType.COMMIT;
  }

  private int level() {
    return events / PACE;
  }

  /** Mostly the newest one; never one of c's own: nothing is certified there without its doing. */
  private int view() {
    int view = random.nextInt(4) > 0 ? level() : random.nextInt(1 + level());
    return view % 4 == 2 ? view - 1 : view;
  }

  private int anyView() {
    return random.nextInt(4) > 0 ? view() : EXTREMES[random.nextInt(EXTREMES.length)];
  }

  private long extremeHeight() {
    return random.nextBoolean() ? 0 : Long.MAX_VALUE - random.nextInt(3);
  }

  private BitSet bits() {
    return BitSet.valueOf(new long[] {random.nextLong()});
  }

  /** One of those that c has not delivered, most likely within its window. */
  private Block near(List<Block> all) {
    int reach = delivered + (random.nextInt(8) > 0 ? 4 : HEIGHTS);
    var open =
        all.stream()
            .filter(it -> it.height().value() > delivered && it.height().value() <= reach)
            .toList();
    return any(open.isEmpty() ? all : open);
  }

  private <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
