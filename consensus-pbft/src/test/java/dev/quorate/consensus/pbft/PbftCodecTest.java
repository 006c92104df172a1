package dev.quorate.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftCodec;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.Status.SlotStatus;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire format accepts what it writes, and nothing else. */
class PbftCodecTest {
  private final PbftCodec codec = new PbftCodec(Validators::read);

  static List<PbftMessage> everyMessage() {
    var block = NormalCaseTest.chain("x", 2).getLast();
    var a = Validators.FOUR.id("a");
    var some = BitSet.valueOf(new long[] {5});
    var slots =
        List.of(
            new SlotStatus(true, some, new BitSet()), new SlotStatus(false, new BitSet(), some));
    var high = NormalCaseTest.certificate(VoteType.PREPARE, 2, block);
    var commit = NormalCaseTest.certificate(VoteType.COMMIT, 1, block);
    var claim = new Claim(new View(3), a, Optional.of(Claim.High.of(high)), BlockRef.of(commit));
    var signed = new SignedClaim(claim, commit.signers().getFirst().signature());
    var bare =
        new Claim(new View(1), a, Optional.empty(), new BlockRef(new Height(0), BlockId.NONE));
    var unsigned = new SignedClaim(bare, Signature.UNSIGNED);
    var tip = Validators.vote(VoteType.PREPARE, 3, block, a);
    var other = Validators.block(2, block.parent(), a, "other");
    return List.of(
        new Complain(new View(2), Complain.Reason.NO_PROGRESS),
        Complain.ofStarved(new View(2), Hash.sha256(Bytes.utf8("starved"))),
        new Conflict(tip, Validators.vote(VoteType.PREPARE, 3, other, a)),
        new ViewChange(signed, Optional.of(high), Optional.of(commit)),
        new ViewChange(unsigned, Optional.empty(), Optional.empty()),
        new NewView(
            new View(3),
            a,
            List.of(signed, signed),
            Optional.of(high),
            Optional.of(tip),
            signed.signature()),
        new NewView(
            new View(1), a, List.of(), Optional.empty(), Optional.empty(), Signature.UNSIGNED),
        new PrePrepare(block, Validators.vote(VoteType.PREPARE, 3, block, a)),
        new Prepare(Validators.vote(VoteType.PREPARE, 0, block, a)),
        new Commit(Validators.vote(VoteType.COMMIT, Integer.MAX_VALUE, block, a)),
        new CertificateMessage(NormalCaseTest.certificate(VoteType.PREPARE, 7, block)),
        new CertificateMessage(NormalCaseTest.certificate(VoteType.COMMIT, 0, block)),
        new Status(View.ZERO, true, View.ZERO, new Height(0), List.of()),
        new Status(new View(9), false, new View(10), new Height(Long.MAX_VALUE), slots));
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void decodesWhatItEncoded(PbftMessage message) {
    assertThat(codec.decode(codec.encode(message))).isEqualTo(new Decoded.Ok<>(message));
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void refusesTrailingAndUnknownBytes(PbftMessage message) {
    var hex = codec.encode(message).hex();

    assertThat(codec.decode(Bytes.fromHex(hex + "00"))).isInstanceOf(Decoded.Malformed.class);
    assertThat(codec.decode(Bytes.fromHex(hex + "7801"))).isInstanceOf(Decoded.Malformed.class);
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void mutatedBytesNeverThrowAndNeverHaveTwoReadings(PbftMessage message) {
    var random = new Random(1999);
    var encoded = codec.encode(message).toArray();

    for (int i = 0; i < 2_000; i++) {
      var mutant = encoded.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
      }
      if (codec.decode(Bytes.copyOf(mutant)) instanceof Decoded.Ok<PbftMessage>(var read)) {
        assertThat(codec.encode(read)).isEqualTo(Bytes.copyOf(mutant));
      }
    }
  }

  @Test
  void refusesMoreSlotsThanAnyWindowHas() {
    var empty = new SlotStatus(false, new BitSet(), new BitSet());
    var slots = Collections.nCopies(PbftCodec.MAX_SLOTS + 1, empty);

    var encoded = codec.encode(new Status(View.ZERO, true, View.ZERO, new Height(1), slots));

    assertThat(codec.decode(encoded)).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void refusesAProposalWhoseVoteIsForAnotherBlock() {
    var chain = NormalCaseTest.chain("x", 2);
    var other = Validators.vote(VoteType.PREPARE, 0, chain.get(1), Validators.FOUR.id("a"));
    var right = Validators.vote(VoteType.PREPARE, 0, chain.get(0), Validators.FOUR.id("a"));
    var hex = codec.encode(new PrePrepare(chain.get(0), right)).hex();
    var vote = codec.encode(new Prepare(right)).hex().substring(6);
    var foreign = codec.encode(new Prepare(other)).hex().substring(6);

    assertThat(hex).contains(vote);
    assertThat(vote).hasSameSizeAs(foreign);
    assertThat(codec.decode(Bytes.fromHex(hex.replace(vote, foreign))))
        .isInstanceOf(Decoded.Malformed.class);
  }
}
