package dev.quorate.simulator.canary;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.replica.Network;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.node.Identity;
import dev.quorate.simulator.node.Sin;
import dev.quorate.simulator.node.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** Gives final blocks away with commits in which all votes but the first are left out. */
final class LiarInSync implements Sin {
  @Override
  public String name() {
    return "liar in sync";
  }

  @Override
  public Network network(Network honest, Identity self, Surroundings world) {
    return new Network() {
      @Override
      public boolean send(ValidatorId to, Bytes frame) {
        return honest.send(to, falsified(frame));
      }

      @Override
      public void broadcast(Bytes frame) {
        honest.broadcast(frame);
      }
    };
  }

  private static Bytes falsified(Bytes frame) {
    if (EnvelopeCodec.decode(frame)
        instanceof Decoded.Ok(Envelope.CommittedAnswer(var from, var blocks))) {
      return EnvelopeCodec.encode(
          new Envelope.CommittedAnswer(from, blocks.stream().map(LiarInSync::falsified).toList()));
    }
    return frame;
  }

  private static Envelope.FinalBlock falsified(Envelope.FinalBlock proven) {
    var commit = Commit.decode(proven.commit()).orElseThrow();
    var places = new ArrayList<CommitSig>();
    boolean kept = false;
    for (var place : commit.signatures()) {
      boolean voted = place.flag() == CommitSig.Flag.COMMIT;
      places.add(voted && kept ? CommitSig.ABSENT : place);
      kept |= voted;
    }
    var alone = new Commit(commit.height(), commit.round(), commit.blockId(), List.copyOf(places));
    return new Envelope.FinalBlock(proven.block(), alone.encode());
  }
}
