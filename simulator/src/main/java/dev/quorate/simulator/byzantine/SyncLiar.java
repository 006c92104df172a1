package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.Envelope.CommittedAnswer;
import dev.quorate.replica.wire.Envelope.FinalBlock;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Answers who asks for blocks, with the wrong ones: of another height, with garbage behind a valid
 * beginning, with another block's commit, the same for ever, or never.
 */
public final class SyncLiar implements Trick {
  private static final int REPETITIONS = 20;

  @Override
  public String name() {
    return "liar in sync";
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    if (!(EnvelopeCodec.decode(frame) instanceof Decoded.Ok(var envelope))) {
      means.send(to, frame);
    } else if (envelope instanceof CommittedAnswer answer) {
      to.forEach(it -> lie(it, answer, means));
    } else if (envelope instanceof Envelope.BlockAnswer(var block)) {
      to.forEach(it -> lieAbout(it, block, means));
    } else {
      means.send(to, frame);
    }
  }

  private static void lieAbout(ValidatorId to, Bytes block, Means means) {
    var chance = means.chance();
    switch (chance.below(3)) {
      case 0 -> {}
      case 1 -> send(to, new Envelope.BlockAnswer(garbled(block, means)), means);
      default -> send(to, new Envelope.BlockAnswer(block), means);
    }
  }

  private static void lie(ValidatorId to, CommittedAnswer answer, Means means) {
    var blocks = new ArrayList<>(answer.blocks());
    switch (means.chance().below(7)) {
      case 0 -> {}
      case 1 -> send(to, new CommittedAnswer(answer.from().next(), blocks), means);
      case 2 -> {
        if (!blocks.isEmpty()) {
          var last = blocks.removeLast();
          blocks.add(new FinalBlock(garbled(last.block(), means), last.commit()));
        }
        send(to, new CommittedAnswer(answer.from(), blocks), means);
      }
      case 3 -> {
        Collections.reverse(blocks);
        send(to, new CommittedAnswer(answer.from(), blocks), means);
      }
      case 4 -> send(to, new CommittedAnswer(answer.from(), mismatched(blocks)), means);
      case 5 -> {
        for (int i = 0; i < REPETITIONS; i++) {
          send(to, answer, means);
        }
      }
      default -> send(to, new CommittedAnswer(new Height(Long.MAX_VALUE - 1), blocks), means);
    }
  }

  /** Each block with the commit of the next. */
  private static List<FinalBlock> mismatched(List<FinalBlock> blocks) {
    var mismatched = new ArrayList<FinalBlock>();
    for (int i = 0; i < blocks.size(); i++) {
      var other = blocks.get((i + 1) % blocks.size());
      mismatched.add(new FinalBlock(blocks.get(i).block(), other.commit()));
    }
    return mismatched;
  }

  private static Bytes garbled(Bytes block, Means means) {
    var garbled = block.toArray();
    garbled[means.chance().below(garbled.length)] ^= 0x10;
    return Bytes.wrap(garbled);
  }

  private static void send(ValidatorId to, Envelope envelope, Means means) {
    means.send(to, EnvelopeCodec.encode(envelope));
  }
}
