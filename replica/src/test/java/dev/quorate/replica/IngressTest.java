package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.Limits;
import dev.quorate.replica.cluster.Cluster;
import dev.quorate.replica.cluster.KeyedHashes;
import dev.quorate.replica.cluster.Member;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.conveyor.ConveyorProvider;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngressTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Cluster cluster = Cluster.of(4).run(SECOND);
  private final Member a = cluster.member("a");
  private final ValidatorId b = Members.id("b");

  @Test
  void dropsAMessageWhoseSignatureIsAnothers() {
    var ballot = ballot("block", "b", "c");

    receive(ballot);

    assertThat(count(Count.MESSAGES_FORGED)).isEqualTo(1);
  }

  @Test
  void dropsAMessageOfAStrangersKey() {
    receive(ballot("block", "mallory", "mallory"));

    assertThat(count(Count.MESSAGES_FORGED)).isEqualTo(1);
  }

  @Test
  void dropsWhatTheEngineDoesNotWantBeforeItsSignatureIsLookedAt() {
    a.order(Members.transaction("x"));
    cluster.run(SECOND);
    long before = count(Count.MESSAGES_UNWANTED);

    receive(ballot("block", "b", "c"));

    assertThat(count(Count.MESSAGES_UNWANTED)).isEqualTo(before + 1);
    assertThat(count(Count.MESSAGES_FORGED)).isZero();
  }

  @Test
  void twoVotesForOneSlotAreKeptAsAnAccusation() {
    receive(ballot("one", "b", "b"));
    receive(ballot("other", "b", "b"));
    cluster.run(SECOND);

    assertThat(a.replica().accusations())
        .singleElement()
        .satisfies(it -> assertThat(it.first().validator()).isEqualTo(b));
    assertThat(count(Count.ACCUSATIONS)).isEqualTo(1);
  }

  @Test
  void dropsTransactionsThatAreTooLarge() {
    var large = Bytes.wrap(new byte[Limits.DEFAULT.maxTxBytes() + 1]);

    a.replica()
        .ingress()
        .onFrame(
            b,
            EnvelopeCodec.encode(new Envelope.Transactions(List.of(Bytes.utf8("x"), large))),
            cluster.now());
    cluster.run(SECOND);

    assertThat(count(Count.TRANSACTIONS_REFUSED)).isEqualTo(2);
    assertThat(a.delivered()).isEmpty();
  }

  @Test
  void takesNothingFromSomebodyWhoIsNoMember() {
    var frame = EnvelopeCodec.encode(new Envelope.Transactions(List.of(Bytes.utf8("x"))));

    a.replica().ingress().onFrame(Members.id("mallory"), frame, cluster.now());
    cluster.run(SECOND);

    assertThat(a.delivered()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 42})
  void neverStumblesWhateverTheBytes(long seed) {
    var random = new Random(seed);
    var frames = recorded();
    for (int i = 0; i < 20_000; i++) {
      a.replica().ingress().onFrame(b, mutated(frames, random), cluster.now());
      if (i % 500 == 0) {
        cluster.run(Duration.ofMillis(1));
      }
    }
    cluster.run(SECOND);

    assertThat(count(Count.FRAMES_STUMBLED)).isZero();
    assertThat(count(Count.FRAMES_MALFORMED)).isPositive();
    assertThat(a.replica().status().condition()).isEqualTo(Condition.RUNNING);
    a.order(Members.transaction("afterwards"));
    cluster.run(SECOND.multipliedBy(5));
    assertThat(a.store().contains(Members.transaction("afterwards").id())).isTrue();
  }

  /** Frames of all kinds from a busy second. */
  private List<Bytes> recorded() {
    var frames = new ArrayList<Bytes>();
    cluster.rule(
        (_, _, frame) -> {
          if (frames.size() < 1_000) {
            frames.add(frame);
          }
          return true;
        });
    cluster.member("d").kill();
    cluster.member("b").order(Members.transactions("x", 20));
    cluster.run(SECOND);
    cluster.member("d").start();
    cluster.run(SECOND);
    frames.add(EnvelopeCodec.encode(new Envelope.BlockRequest(id("block"), new Height(1))));
    return List.copyOf(frames);
  }

  private static Bytes mutated(List<Bytes> frames, Random random) {
    if (random.nextInt(10) == 0) {
      var noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      return Bytes.wrap(noise);
    }
    var bytes = frames.get(random.nextInt(frames.size())).toArray();
    for (int flips = random.nextInt(4); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    var frame = Bytes.wrap(bytes);
    return random.nextInt(5) == 0 ? frame.slice(0, random.nextInt(bytes.length)) : frame;
  }

  private void receive(ConveyorMessage message) {
    var codec = new ConveyorProvider().codec(new LedgerBlockReader(Limits.DEFAULT));
    var frame = EnvelopeCodec.encode(new Envelope.EngineMessage(codec.encode(message)));
    a.replica().ingress().onFrame(b, frame, cluster.now());
  }

  private static ConveyorMessage ballot(String block, String voter, String signer) {
    var vote =
        new Vote(
            VoteType.COMMIT,
            new Height(1),
            Round.ZERO,
            id(block),
            Members.GENESIS_TIME,
            Members.id(voter));
    var signature = new KeyedHashes().sign(Members.key(signer), vote.signBytes("conveyor-test"));
    return new ConveyorMessage.Ballot(new SignedVote(vote, signature));
  }

  private static BlockId id(String text) {
    var hash = Hash.sha256(Bytes.utf8(text));
    return new BlockId(hash, new PartSetHeader(1, hash));
  }

  private long count(Count count) {
    return a.replica().counts().of(count);
  }
}
