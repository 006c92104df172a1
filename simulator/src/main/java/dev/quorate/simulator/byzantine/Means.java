package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.guard.SigningKey;
import dev.quorate.simulator.clock.Chance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a trick can do. What it sends and lets hear passes through the tricks that are played behind
 * it before it comes to the net or to the replica.
 */
public final class Means {
  private final Actor actor;
  private final int place;
  private final Chance chance;

  Means(Actor actor, int place, Chance chance) {
    this.actor = actor;
    this.place = place;
    this.chance = chance;
  }

  public ValidatorId self() {
    return actor.self();
  }

  /** Everybody else, in set order. */
  public List<ValidatorId> others() {
    return actor.others();
  }

  public Genesis genesis() {
    return actor.stage().genesis();
  }

  /** The own key, for another replica that signs with it. */
  SigningKey signingKey() {
    return actor.keys().of(actor.stage().scheme(), actor.self());
  }

  /** The world's time. */
  public Instant now() {
    return actor.stage().agenda().instant();
  }

  /** The trick's own. */
  public Chance chance() {
    return chance;
  }

  /** Whether it can sign as this validator. */
  public boolean holdsKeyOf(ValidatorId validator) {
    return actor.keys().holds(validator);
  }

  /** Those as whom it can sign, itself among them, in order of address. */
  public List<ValidatorId> accomplices() {
    return actor.keys().owners();
  }

  /** Signs anything as a validator whose key is held. */
  public Signature sign(ValidatorId as, Bytes message) {
    return actor.keys().sign(actor.stage().scheme(), as, message);
  }

  public void send(List<ValidatorId> to, Bytes frame) {
    actor.leaving(place + 1, to, frame);
  }

  public void send(ValidatorId to, Bytes frame) {
    send(List.of(to), frame);
  }

  /** Says that this transaction is of its own making: any client could have made it. */
  public void invented(Transaction transaction) {
    actor.stage().invented(transaction);
  }

  /** Lets the replica below hear a frame. */
  public void hear(ValidatorId from, Bytes frame) {
    actor.arriving(place + 1, from, frame);
  }

  /** Does something later, if the trick is still played then. */
  public void after(Duration delay, Runnable action) {
    actor
        .stage()
        .agenda()
        .after(
            delay,
            () -> {
              if (actor.isPlaying(place)) {
                action.run();
              }
            });
  }

  /** Does something again and again while the trick is played. */
  public void every(Duration interval, Runnable action) {
    after(
        interval,
        () -> {
          action.run();
          every(interval, action);
        });
  }
}
