package dev.quorate.replica.conveyor;

import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.crypto.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The round, and the own votes above the tip, unsigned. */
public record ConveyorState(Round round, List<SignedVote> votes) implements DurableState {
  public ConveyorState {
    votes = List.copyOf(votes);
  }

  @Override
  public Bytes encode() {
    var out = new ByteArrayOutputStream();
    out.write(round.value());
    try {
      for (var vote : votes) {
        VoteCodec.toProto(vote).writeDelimitedTo(out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Bytes.wrap(out.toByteArray());
  }

  /** What {@link #encode} wrote. */
  public static ConveyorState decode(Bytes encoded) {
    var in = new ByteArrayInputStream(encoded.toArray());
    var round = new Round(in.read());
    var votes = new ArrayList<SignedVote>();
    try {
      while (in.available() > 0) {
        votes.add(VoteCodec.fromProto(SignedVoteProto.parseDelimitedFrom(in)).orElseThrow());
      }
    } catch (IOException notOurs) {
      throw new IllegalStateException("not a conveyor's state", notOurs);
    }
    return new ConveyorState(round, votes);
  }
}
