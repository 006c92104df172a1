package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames that hold no message of the engine, to be sent in numbers. */
final class Errands {
  private static final int IN_A_FRAME = 20;

  private final Tongue tongue;

  Errands(Tongue tongue) {
    this.tongue = tongue;
  }

  /** Transactions that nobody has seen before. */
  void transactions(int number) {
    var transactions = new ArrayList<Bytes>();
    for (int i = 0; i < IN_A_FRAME; i++) {
      var bytes = Bytes.utf8("flood " + number + " " + i + " ".repeat(100));
      tongue.means().invented(Transaction.of(bytes));
      transactions.add(bytes);
    }
    send(new Envelope.Transactions(transactions));
  }

  /** Requests for what there is and what there is not, and answers that nobody waits for. */
  void exchange(Height committed, Optional<LedgerBlock> known) {
    var chance = tongue.chance();
    var some = committed.plus(chance.below(20));
    var round = new Round(chance.below(1_000));
    send(
        switch (chance.below(6)) {
          case 0 -> new Envelope.CommittedRequest(new Height(1), new Height(Long.MAX_VALUE));
          case 1 -> new Envelope.HeardRequest();
          case 2 -> new Envelope.HeardEnd(new Standing(some, some, round, round));
          case 3 ->
              known
                  .<Envelope>map(it -> new Envelope.BlockAnswer(it.encoded()))
                  .orElse(new Envelope.HeardRequest());
          case 4 -> new Envelope.CommittedAnswer(some, List.of());
          default -> new Envelope.BlockRequest(wished(known), some);
        });
  }

  private BlockId wished(Optional<LedgerBlock> known) {
    return known
        .filter(_ -> tongue.chance().happens(0.2))
        .map(LedgerBlock::id)
        .orElseGet(() -> ForgedBlocks.invented(tongue.chance()));
  }

  private void send(Envelope envelope) {
    tongue.means().send(tongue.others(), EnvelopeCodec.encode(envelope));
  }
}
