package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.DurableState;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.pbft.OwnVotes.OwnVote;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import java.util.List;
import java.util.Optional;

/** What a replica must find again after a crash: everything that it has promised. */
record PbftState(
    View view,
    View pending,
    boolean active,
    View deliveredIn,
    Optional<ViewChange> claim,
    Optional<NewView> entry,
    BlockRef base,
    boolean tipIsDue,
    BlockRef preparedTip,
    List<OwnVote> prepares,
    List<OwnVote> commits,
    Optional<Certificate> high)
    implements DurableState {
  PbftState {
    prepares = List.copyOf(prepares);
    commits = List.copyOf(commits);
  }

  @Override
  public Bytes encode() {
    return PbftStateCodec.encode(this);
  }
}
