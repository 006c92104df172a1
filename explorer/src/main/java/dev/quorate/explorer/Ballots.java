package dev.quorate.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which correct validators signed which votes, and so which certificates exist: those for which
 * they and the liar, who is taken to have signed everything, are a quorum.
 */
public final class Ballots {
  /** Rounds (PBFT: views) that are looked at; a trace ends before its engines go further. */
  public static final int ROUNDS = 10;

  /** Signatures are taken on trust here: what an engine does must not depend on them. */
  public static final Signature SIGNATURE = new Signature(Bytes.copyOf(signatureBytes()));

  private final Cast cast;
  private final int[] signers = new int[2 * ROUNDS * Blocks.MOST];
  private final boolean[] exists = new boolean[2 * ROUNDS * Blocks.MOST];
  private final List<Ballot> certified = new ArrayList<>();

  Ballots(Cast cast) {
    this.cast = cast;
  }

  /** What a quorum signed. */
  public static final class Ballot {
    private final VoteType type;
    private final int round;
    private final Block block;
    private int mask;
    private @Nullable Certificate certificate;

    private Ballot(VoteType type, int round, Block block) {
      this.type = type;
      this.round = round;
      this.block = block;
    }

    public VoteType type() {
      return type;
    }

    public int round() {
      return round;
    }

    public Block block() {
      return block;
    }

    public int height() {
      return (int) block.height().value();
    }
  }

  /** Notes a correct validator's vote. Returns the ballot when that made a quorum of it. */
  public @Nullable Ballot add(VoteType type, int round, Block block, int validator) {
    int place = place(type, round, Blocks.numberOf(block.id()));
    signers[place] |= 1 << validator;
    if (exists[place] || !cast.isQuorumWithLiar(signers[place])) {
      return null;
    }
    exists[place] = true;
    var ballot = new Ballot(type, round, block);
    certified.add(ballot);
    return ballot;
  }

  /** Whether a certificate exists. */
  public boolean exists(VoteType type, int round, int block) {
    return exists[place(type, round, block)];
  }

  /** The ballots with a quorum, in the order in which they got it. */
  public List<Ballot> certified() {
    return certified;
  }

  /** In how many rounds something was certified: how deep a trace went. */
  int roundsWithCertificates() {
    int rounds = 0;
    for (var ballot : certified) {
      rounds |= 1 << ballot.round;
    }
    return Integer.bitCount(rounds);
  }

  /** The certificate with the votes of all who have signed by now. */
  public Certificate certificate(Ballot ballot) {
    int mask =
        signers[place(ballot.type, ballot.round, Blocks.numberOf(ballot.block.id()))]
            | 1 << cast.liar();
    var made = ballot.certificate;
    if (made == null || ballot.mask != mask) {
      made = make(ballot.type, ballot.round, ballot.block, mask);
      ballot.certificate = made;
      ballot.mask = mask;
    }
    return made;
  }

  private Certificate make(VoteType type, int round, Block block, int mask) {
    var parts = new ArrayList<Certificate.Signer>(Cast.SIZE);
    for (int i = 0; i < Cast.SIZE; i++) {
      if ((mask >> i & 1) == 1) {
        parts.add(new Certificate.Signer(cast.id(i), SIGNATURE));
      }
    }
    return new Certificate(type, block.height(), new Round(round), block.id(), block.time(), parts);
  }

  /** Whether the signers of an engine's certificate did sign, and are a quorum. */
  public boolean isTrue(Certificate certificate) {
    int number = Blocks.numberOf(certificate.blockId());
    int signed =
        signers[place(certificate.type(), certificate.round().value(), number)] | 1 << cast.liar();
    int named = 0;
    for (var signer : certificate.signers()) {
      named |= 1 << cast.indexOf(signer.validator());
    }
    return (named & ~signed) == 0 && cast.isQuorum(named);
  }

  private static int place(VoteType type, int round, int block) {
    return ((type.code() - 1) * ROUNDS + round) * Blocks.MOST + block;
  }

  private static byte[] signatureBytes() {
    var bytes = new byte[Signature.SIZE];
    bytes[0] = 1;
    return bytes;
  }
}
