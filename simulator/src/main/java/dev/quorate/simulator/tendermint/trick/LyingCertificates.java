package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** Makes certificates of the votes that it hears, and of its own, and shows them to everybody. */
final class LyingCertificates extends TendermintTrick {
  private static final Duration INTERVAL = Duration.ofMillis(40);
  private static final int REMEMBERED = 256;

  /** What is wrong with them. */
  enum Lie {
    /** They have fewer signers than a quorum. */
    THIN,
    /** Votes of other rounds and of the other phase stand among the signers. */
    MIXED,
    /** A polka is called a commit. */
    RENAMED,
    /** They say another round than was signed. */
    OTHER_ROUND,
    /** They say another height than was signed. */
    OTHER_HEIGHT,
    /** They name another time than was signed. */
    OTHER_TIME,
    /** A validator's signature stands for another one, too. */
    BORROWED,
    /** A stranger signs. */
    STRANGER,
    /** Nothing but that its own vote, which it gives to every block, is one of them. */
    OWN_VOTES
  }

  private final Lie lie;
  private final LinkedHashSet<SignedVote> votes = new LinkedHashSet<>();

  LyingCertificates(Lie lie) {
    super("certificates: " + lie.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    this.lie = lie;
  }

  @Override
  protected void begin(Tongue tongue) {
    tongue.means().every(INTERVAL, () -> speak(tongue));
  }

  @Override
  protected boolean isListening() {
    return true;
  }

  @Override
  protected void hears(ValidatorId from, TendermintMessage message, Tongue tongue) {
    remember(message);
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    remember(message);
    tongue.say(to, message);
  }

  private void remember(TendermintMessage message) {
    if (message instanceof Prevote(var vote)) {
      remember(vote);
    } else if (message instanceof Precommit(var vote)) {
      remember(vote);
    } else if (message instanceof CertificateMessage(var it)) {
      it.votes().forEach(this::remember);
    }
  }

  private void remember(SignedVote vote) {
    if (!vote.vote().blockId().isNone() && votes.add(vote) && votes.size() > REMEMBERED) {
      votes.removeFirst();
    }
  }

  private void speak(Tongue tongue) {
    if (!votes.isEmpty()) {
      // Of the newest most of the time: the others are decided.
      boolean old = tongue.chance().happens(0.2);
      var vote = old ? tongue.chance().oneOf(List.copyOf(votes)) : votes.getLast();
      tongue.sayToAll(new CertificateMessage(certificate(vote.vote(), tongue)));
    }
  }

  private Certificate certificate(Vote vote, Tongue tongue) {
    var signers = signersOf(vote, tongue);
    var next = new Round(Math.min(vote.round().value(), Integer.MAX_VALUE - 1) + 1);
    return switch (lie) {
      case THIN -> of(vote, thinned(signers, tongue));
      case MIXED -> of(vote, mixed(signers, vote));
      case RENAMED ->
          new Certificate(
              vote.type() == VoteType.PREPARE ? VoteType.COMMIT : VoteType.PREPARE,
              vote.height(),
              vote.round(),
              vote.blockId(),
              vote.timestamp(),
              signers);
      case OTHER_ROUND -> of(with(vote, vote.height(), next, vote.timestamp()), signers);
      case OTHER_HEIGHT ->
          of(with(vote, vote.height().next(), vote.round(), vote.timestamp()), signers);
      case OTHER_TIME ->
          of(with(vote, vote.height(), vote.round(), vote.timestamp().plusMillis(1)), signers);
      case BORROWED -> of(vote, borrowed(signers, tongue));
      case STRANGER -> of(vote, withStranger(signers, tongue));
      case OWN_VOTES -> of(vote, signers);
    };
  }

  private static Certificate of(Vote vote, List<Certificate.Signer> signers) {
    return new Certificate(
        vote.type(), vote.height(), vote.round(), vote.blockId(), vote.timestamp(), signers);
  }

  private static Vote with(Vote it, Height height, Round round, Instant time) {
    return new Vote(it.type(), height, round, it.blockId(), time, it.validator());
  }

  /** All who are known to have said the same, and itself. */
  private List<Certificate.Signer> signersOf(Vote vote, Tongue tongue) {
    var signers = new LinkedHashMap<ValidatorId, Certificate.Signer>();
    for (var it : votes) {
      if (isSame(it.vote(), vote)) {
        signers.put(it.validator(), new Certificate.Signer(it.validator(), it.signature()));
      }
    }
    var own = tongue.same(vote, vote.type(), tongue.self());
    signers.put(tongue.self(), new Certificate.Signer(tongue.self(), own.signature()));
    return List.copyOf(signers.values());
  }

  private static boolean isSame(Vote one, Vote other) {
    return one.type() == other.type()
        && one.height().equals(other.height())
        && one.round().equals(other.round())
        && one.blockId().equals(other.blockId())
        && one.timestamp().equals(other.timestamp());
  }

  private static List<Certificate.Signer> thinned(List<Certificate.Signer> signers, Tongue tongue) {
    var validators = tongue.means().genesis().validatorSet();
    var left = new ArrayList<>(signers);
    while (left.size() > 1
        && validators.isQuorum(left.stream().map(Certificate.Signer::validator).toList())) {
      left.removeFirst();
    }
    return left;
  }

  private List<Certificate.Signer> mixed(List<Certificate.Signer> signers, Vote vote) {
    var mixed = new LinkedHashMap<ValidatorId, Certificate.Signer>();
    for (var it : votes) {
      if (!isSame(it.vote(), vote) && it.vote().height().equals(vote.height())) {
        mixed.put(it.validator(), new Certificate.Signer(it.validator(), it.signature()));
      }
    }
    signers.forEach(it -> mixed.putIfAbsent(it.validator(), it));
    return List.copyOf(mixed.values());
  }

  private static List<Certificate.Signer> borrowed(
      List<Certificate.Signer> signers, Tongue tongue) {
    var signature = signers.getLast().signature();
    return tongue.means().genesis().validatorSet().members().stream()
        .map(it -> new Certificate.Signer(it.id(), signature))
        .toList();
  }

  private static List<Certificate.Signer> withStranger(
      List<Certificate.Signer> signers, Tongue tongue) {
    var more = new ArrayList<>(signers);
    var address = tongue.nonsense().bytes().slice(0, ValidatorId.SIZE);
    more.add(new Certificate.Signer(new ValidatorId(address), signers.getLast().signature()));
    return more;
  }
}
