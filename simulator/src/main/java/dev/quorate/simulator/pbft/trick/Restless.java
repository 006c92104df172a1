package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Complains about every primary and leaves every view, whether or not anything is wrong. */
final class Restless extends PbftTrick {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private static final List<Complain.Reason> REASONS = List.of(Complain.Reason.values());

  private View view = View.ZERO;
  private boolean leaves;

  Restless() {
    super("restless");
  }

  @Override
  protected void begin(Tongue tongue) {
    leaves = tongue.chance().happens(0.7);
    tongue.means().every(INTERVAL, () -> tongue.sayToAll(complaint(tongue)));
  }

  private Complain complaint(Tongue tongue) {
    var reason = tongue.chance().oneOf(REASONS);
    boolean starved = reason == Complain.Reason.STARVED_TRANSACTION;
    var transaction = Hash.sha256(Bytes.utf8("transaction " + tongue.chance().nextLong()));
    return new Complain(view, reason, starved ? Optional.of(transaction) : Optional.empty());
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    if (message instanceof Status it) {
      view = it.view();
    }
    boolean own = message instanceof ViewChange it && it.claim().claimant().equals(tongue.self());
    if (own && leaves) {
      further(to, (ViewChange) message, tongue);
    } else {
      tongue.say(to, message);
    }
  }

  private static void further(List<ValidatorId> to, ViewChange it, Tongue tongue) {
    var claim = it.claim();
    // Another trick may have gone as far as there are views already.
    int most = Integer.MAX_VALUE - 2;
    int newView = Math.min(claim.newView().value(), most) + 1 + tongue.chance().below(2);
    var further = new Claim(new View(newView), claim.claimant(), claim.high(), claim.committed());
    tongue.say(to, new ViewChange(tongue.signed(further), it.high(), it.commit()));
  }
}
