package dev.quorate.ledger.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.DoubleVotes;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.evidence.EvidenceVerifier.Result;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EvidenceVerifierTest {
  private static final Instant TIME = Four.GENESIS_TIME.plusSeconds(1);
  private static final DuplicateVote PAIR = DoubleVotes.pair("d", new Height(5), 2, "one", "other");
  private static final DuplicateVoteEvidence GOOD = DoubleVotes.evidence(PAIR, TIME);

  private final EvidenceVerifier verifier =
      new EvidenceVerifier(Four.CHAIN, Four.SET, Ed25519.INSTANCE);

  @Test
  void provesTwoSignedVotesForTwoBlocks() {
    assertThat(verifier.verify(GOOD, TIME)).isEqualTo(new Result.Proven());
    assertThat(verifier.verify(GOOD, TIME)).isEqualTo(new Result.Proven());
  }

  @Test
  void provesNothingOfASignatureOverOtherBytes() {
    var vote = PAIR.second();
    var swapped = new DuplicateVote(PAIR.first(), vote.withSignature(PAIR.first().signature()));
    var forged = new DuplicateVote(PAIR.first().withSignature(vote.signature()), vote);

    assertRefused(DoubleVotes.evidence(swapped, TIME), "signature");
    assertRefused(DoubleVotes.evidence(forged, TIME), "signature");
  }

  @Test
  void provesNothingOfASignatureByAnotherValidator() {
    var vote = DoubleVotes.vote("d", new Height(5), 2, "other");
    var pair = DuplicateVote.of(PAIR.first(), DoubleVotes.signed("a", vote));

    assertRefused(DoubleVotes.evidence(pair.orElseThrow(), TIME), "signature");
  }

  @Test
  void provesNothingOfVotesOnAnotherChain() {
    var elsewhere = new EvidenceVerifier("five", Four.SET, Ed25519.INSTANCE);

    assertThat(elsewhere.verify(GOOD, TIME)).isInstanceOf(Result.Refused.class);
  }

  @Test
  void refusesAnotherPlaceInTheSet() {
    int index = GOOD.index();

    assertRefused(new DuplicateVoteEvidence(PAIR, (index + 1) % 4, 4, 1, TIME), "index");
    assertRefused(new DuplicateVoteEvidence(PAIR, 4, 4, 1, TIME), "index 4");
  }

  @Test
  void refusesOtherPowers() {
    assertRefused(new DuplicateVoteEvidence(PAIR, GOOD.index(), 4, 2, TIME), "power is 1");
    assertRefused(new DuplicateVoteEvidence(PAIR, GOOD.index(), 5, 1, TIME), "total power is 4");
  }

  @Test
  void refusesAnotherTimeThanTheHeaders() {
    assertThat(verifier.verify(GOOD, TIME.plusNanos(1))).isInstanceOf(Result.Refused.class);
    assertThat(verifier.verify(GOOD, TIME)).isEqualTo(new Result.Proven());
    assertThat(verifier.verify(GOOD, TIME.minusMillis(1))).isInstanceOf(Result.Refused.class);
  }

  /** The time in a vote for nothing is given; with another one it has no encoding. */
  @Test
  void refusesAVoteForNothingWithATime() {
    var nil =
        new Vote(VoteType.COMMIT, new Height(5), new Round(2), BlockId.NONE, TIME, Four.id("d"));
    var pair = DuplicateVote.of(PAIR.first(), DoubleVotes.signed("d", nil)).orElseThrow();

    assertRefused(DoubleVotes.evidence(pair, TIME), "canonical");
  }

  @Test
  void looksAtSignaturesOnceAndNeverAtThoseOfEvidenceThatIsWrongAnyway() {
    var counting = new Counting();
    var once = new EvidenceVerifier(Four.CHAIN, Four.SET, counting);

    once.verify(GOOD, TIME.plusMillis(1));
    assertThat(counting.verified).isZero();
    once.verify(GOOD, TIME);
    once.verify(GOOD, TIME);
    assertThat(counting.verified).isEqualTo(2);
  }

  @Test
  void remembersNoMoreThanItMay() {
    var counting = new Counting();
    var once = new EvidenceVerifier(Four.CHAIN, Four.SET, counting);
    once.verify(GOOD, TIME);
    for (int i = 0; i < EvidenceVerifier.MAX_REMEMBERED; i++) {
      counting.believes = true;
      once.verify(DoubleVotes.evidence(unsigned(new Height(6 + i)), TIME), TIME);
    }
    counting.believes = false;
    int before = counting.verified;

    once.verify(GOOD, TIME);

    assertThat(counting.verified).isEqualTo(before + 2);
  }

  private static DuplicateVote unsigned(Height height) {
    return DuplicateVote.of(
            SignedVote.unsigned(DoubleVotes.vote("d", height, 0, "one")),
            SignedVote.unsigned(DoubleVotes.vote("d", height, 0, "other")))
        .orElseThrow();
  }

  private void assertRefused(DuplicateVoteEvidence evidence, String reason) {
    assertThat(verifier.verify(evidence, TIME))
        .isInstanceOfSatisfying(
            Result.Refused.class, it -> assertThat(it.reason()).contains(reason));
  }

  /** Ed25519 that counts, and can be made to believe anything. */
  private static final class Counting implements SignatureScheme {
    private int verified;
    private boolean believes;

    @Override
    public Signature sign(KeyPair signer, Bytes message) {
      return Ed25519.INSTANCE.sign(signer, message);
    }

    @Override
    public boolean verify(PublicKey key, Bytes message, Signature signature) {
      verified++;
      return believes || Ed25519.INSTANCE.verify(key, message, signature);
    }
  }
}
