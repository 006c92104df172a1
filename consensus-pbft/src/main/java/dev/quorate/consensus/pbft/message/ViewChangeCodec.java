package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.core.vote.proto.CertificateProto;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.consensus.pbft.proto.BlockRefProto;
import dev.quorate.consensus.pbft.proto.ComplainProto;
import dev.quorate.consensus.pbft.proto.ConflictProto;
import dev.quorate.consensus.pbft.proto.HighProto;
import dev.quorate.consensus.pbft.proto.NewViewProto;
import dev.quorate.consensus.pbft.proto.SignedClaimProto;
import dev.quorate.consensus.pbft.proto.ViewChangeProto;
import dev.quorate.crypto.Hash;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The messages of a view change as protobuf, on the wire and in the saved state. Reading gives
 * nothing for values out of range; constructors refuse parts that contradict each other.
 */
public final class ViewChangeCodec {
  private ViewChangeCodec() {}

  public static ComplainProto toProto(Complain complain) {
    var proto =
        ComplainProto.newBuilder()
            .setView(complain.view().value())
            .setReason(complain.reason().code());
    complain.starved().ifPresent(it -> proto.setStarved(VoteCodec.toProto(it.bytes())));
    return proto.build();
  }

  public static Optional<Complain> fromProto(ComplainProto proto) {
    var starved = proto.getStarved();
    if (!starved.isEmpty() && starved.size() != Hash.SIZE) {
      return Optional.empty();
    }
    var transaction =
        starved.isEmpty()
            ? Optional.<Hash>empty()
            : Optional.of(Hash.copyOf(starved.toByteArray()));
    return Complain.Reason.ofCode(proto.getReason())
        .map(reason -> new Complain(new View(proto.getView()), reason, transaction));
  }

  public static ConflictProto toProto(Conflict conflict) {
    return ConflictProto.newBuilder()
        .setFirst(VoteCodec.toProto(conflict.first()))
        .setSecond(VoteCodec.toProto(conflict.second()))
        .build();
  }

  public static Optional<Conflict> fromProto(ConflictProto proto) {
    var first = VoteCodec.fromProto(proto.getFirst());
    var second = VoteCodec.fromProto(proto.getSecond());
    return first.isEmpty() || second.isEmpty()
        ? Optional.empty()
        : Optional.of(new Conflict(first.get(), second.get()));
  }

  public static ViewChangeProto toProto(ViewChange change) {
    var proto = ViewChangeProto.newBuilder().setClaim(toProto(change.signed()));
    change.high().ifPresent(it -> proto.setHigh(VoteCodec.toProto(it)));
    change.commit().ifPresent(it -> proto.setCommit(VoteCodec.toProto(it)));
    return proto.build();
  }

  public static Optional<ViewChange> fromProto(ViewChangeProto proto) {
    return fromProto(proto.getClaim())
        .map(
            claim ->
                new ViewChange(
                    claim,
                    certificate(proto.hasHigh(), proto.getHigh()),
                    certificate(proto.hasCommit(), proto.getCommit())));
  }

  public static NewViewProto toProto(NewView newView) {
    var proto =
        NewViewProto.newBuilder()
            .setView(newView.view().value())
            .setPrimary(VoteCodec.toProto(newView.primary().address()))
            .setSignature(VoteCodec.toProto(newView.signature().bytes()));
    newView.claims().forEach(it -> proto.addClaims(toProto(it)));
    newView.certificate().ifPresent(it -> proto.setCertificate(VoteCodec.toProto(it)));
    newView.tip().ifPresent(it -> proto.setTip(VoteCodec.toProto(it)));
    return proto.build();
  }

  public static Optional<NewView> fromProto(NewViewProto proto) {
    if (proto.getClaimsCount() > VoteCodec.MAX_SIGNERS) {
      return Optional.empty();
    }
    var claims = new ArrayList<SignedClaim>(proto.getClaimsCount());
    for (var claim : proto.getClaimsList()) {
      fromProto(claim).ifPresent(claims::add);
    }
    var primary = VoteCodec.validator(proto.getPrimary());
    var signature = VoteCodec.signature(proto.getSignature());
    if (claims.size() < proto.getClaimsCount() || primary.isEmpty() || signature.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NewView(
            new View(proto.getView()),
            primary.get(),
            claims,
            certificate(proto.hasCertificate(), proto.getCertificate()),
            vote(proto.hasTip(), proto.getTip()),
            signature.get()));
  }

  public static BlockRefProto toProto(BlockRef ref) {
    return BlockRefProto.newBuilder()
        .setHeight(ref.height().value())
        .setId(VoteCodec.toProto(ref.id()))
        .build();
  }

  public static Optional<BlockRef> fromProto(BlockRefProto proto) {
    return VoteCodec.fromProto(proto.getId())
        .map(id -> new BlockRef(new Height(proto.getHeight()), id));
  }

  private static SignedClaimProto toProto(SignedClaim signed) {
    var claim = signed.claim();
    var proto =
        SignedClaimProto.newBuilder()
            .setNewView(claim.newView().value())
            .setClaimant(VoteCodec.toProto(claim.claimant().address()))
            .setCommitted(toProto(claim.committed()))
            .setSignature(VoteCodec.toProto(signed.signature().bytes()));
    claim.high().ifPresent(it -> proto.setHigh(toProto(it)));
    return proto.build();
  }

  private static Optional<SignedClaim> fromProto(SignedClaimProto proto) {
    var claimant = VoteCodec.validator(proto.getClaimant());
    var committed = fromProto(proto.getCommitted());
    var signature = VoteCodec.signature(proto.getSignature());
    var high = proto.hasHigh() ? fromProto(proto.getHigh()) : Optional.<Claim.High>empty();
    if (claimant.isEmpty() || committed.isEmpty() || signature.isEmpty()) {
      return Optional.empty();
    }
    var claim = new Claim(new View(proto.getNewView()), claimant.get(), high, committed.get());
    return Optional.of(new SignedClaim(claim, signature.get()));
  }

  private static HighProto toProto(Claim.High high) {
    return HighProto.newBuilder()
        .setType(high.type().code())
        .setView(high.view().value())
        .setBlock(toProto(high.block()))
        .build();
  }

  private static Optional<Claim.High> fromProto(HighProto proto) {
    var type = VoteType.ofCode(proto.getType());
    var block = fromProto(proto.getBlock());
    return type.isEmpty() || block.isEmpty()
        ? Optional.empty()
        : Optional.of(new Claim.High(type.get(), new View(proto.getView()), block.get()));
  }

  private static Optional<Certificate> certificate(boolean present, CertificateProto proto) {
    return present ? VoteCodec.fromProto(proto) : Optional.empty();
  }

  private static Optional<SignedVote> vote(boolean present, SignedVoteProto proto) {
    return present ? VoteCodec.fromProto(proto) : Optional.empty();
  }
}
