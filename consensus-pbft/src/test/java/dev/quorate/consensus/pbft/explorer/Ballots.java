package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which correct validators signed which votes, and so which certificates exist: those for which
 * they and the liar, who is taken to have signed everything, are a quorum.
 */
final class Ballots {
  /** Views that are looked at; a trace ends before its engines go further. */
  static final int VIEWS = 10;

  /** Signatures are taken on trust here: what an engine does must not depend on them. */
  static final Signature SIGNATURE = new Signature(Bytes.copyOf(signatureBytes()));

  private final Cast cast;
  private final int[] signers = new int[2 * VIEWS * Blocks.MOST];
  private final boolean[] exists = new boolean[2 * VIEWS * Blocks.MOST];
  private final List<Ballot> certified = new ArrayList<>();

  Ballots(Cast cast) {
    this.cast = cast;
  }

  /** What a quorum signed. */
  static final class Ballot {
    final VoteType type;
    final int view;
    final Block block;
    private int mask;
    private @Nullable Certificate certificate;

    private Ballot(VoteType type, int view, Block block) {
      this.type = type;
      this.view = view;
      this.block = block;
    }

    int height() {
      return (int) block.height().value();
    }
  }

  /** Notes a correct validator's vote. Returns the ballot when that made a quorum of it. */
  @Nullable Ballot add(VoteType type, int view, Block block, int validator) {
    int place = place(type, view, Blocks.numberOf(block.id()));
    signers[place] |= 1 << validator;
    if (exists[place] || !cast.isQuorumWithLiar(signers[place])) {
      return null;
    }
    exists[place] = true;
    var ballot = new Ballot(type, view, block);
    certified.add(ballot);
    return ballot;
  }

  /** Whether a certificate exists. */
  boolean exists(VoteType type, int view, int block) {
    return exists[place(type, view, block)];
  }

  /** The ballots with a quorum, in the order in which they got it. */
  List<Ballot> certified() {
    return certified;
  }

  /** In how many views something was certified: how deep a trace went. */
  int viewsWithCertificates() {
    int views = 0;
    for (var ballot : certified) {
      views |= 1 << ballot.view;
    }
    return Integer.bitCount(views);
  }

  /** The certificate with the votes of all who have signed by now. */
  Certificate certificate(Ballot ballot) {
    int mask =
        signers[place(ballot.type, ballot.view, Blocks.numberOf(ballot.block.id()))]
            | 1 << cast.liar();
    var made = ballot.certificate;
    if (made == null || ballot.mask != mask) {
      made = make(ballot.type, ballot.view, ballot.block, mask);
      ballot.certificate = made;
      ballot.mask = mask;
    }
    return made;
  }

  /** A certificate with these signers, whether they signed or not. */
  Certificate make(VoteType type, int view, Block block, int mask) {
    var parts = new ArrayList<Certificate.Signer>(Cast.SIZE);
    for (int i = 0; i < Cast.SIZE; i++) {
      if ((mask >> i & 1) == 1) {
        parts.add(new Certificate.Signer(cast.id(i), SIGNATURE));
      }
    }
    return new Certificate(
        type, block.height(), new View(view).round(), block.id(), block.time(), parts);
  }

  /** Whether the signers of an engine's certificate did sign. */
  boolean isTrue(Certificate certificate) {
    int view = certificate.round().value();
    int signed =
        signers[place(certificate.type(), view, Blocks.numberOf(certificate.blockId()))]
            | 1 << cast.liar();
    int named = 0;
    for (var signer : certificate.signers()) {
      named |= 1 << cast.indexOf(signer.validator());
    }
    return (named & ~signed) == 0 && cast.isQuorum(named);
  }

  private static int place(VoteType type, int view, int block) {
    return ((type.code() - 1) * VIEWS + view) * Blocks.MOST + block;
  }

  private static byte[] signatureBytes() {
    var bytes = new byte[Signature.SIZE];
    bytes[0] = 1;
    return bytes;
  }
}
