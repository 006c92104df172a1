package dev.quorate.transport.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.transport.handshake.Authentication.Authenticated;
import dev.quorate.transport.handshake.Authentication.Refused;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HandshakeTest {
  private static final NetworkIdentity NETWORK =
      new NetworkIdentity("chain", hash("genesis"), Ed25519.INSTANCE);
  private static final Hash CERT_A = hash("certificate of a");
  private static final Hash CERT_B = hash("certificate of b");

  private final KeyPair a = KeyPair.fromSeed(hash("a").bytes());
  private final KeyPair b = KeyPair.fromSeed(hash("b").bytes());
  private final LocalPeer localA = local(a, "aaaaaaaaaaaaaaaa");
  private final LocalPeer localB = local(b, "bbbbbbbbbbbbbbbb");
  private final Handshake dialer = new Handshake(localA, NETWORK, Role.DIALER, CERT_A, CERT_B);
  private final Handshake acceptor = new Handshake(localB, NETWORK, Role.ACCEPTOR, CERT_B, CERT_A);

  @Test
  void bothEndsLearnTheOthersKeyAndInstance() {
    greetEachOther(dialer, acceptor);

    assertThat(judge(acceptor, dialer.statementFor(b.publicKey())))
        .isEqualTo(new Authenticated(a.publicKey(), localA.instance()));
    assertThat(judge(dialer, acceptor.statementFor(a.publicKey())))
        .isEqualTo(new Authenticated(b.publicKey(), localB.instance()));
  }

  @Test
  void aStatementForAnotherPeerIsNotValid() {
    greetEachOther(dialer, acceptor);

    assertThat(judge(acceptor, dialer.statementFor(a.publicKey())))
        .isEqualTo(new Refused(Refusal.BAD_SIGNATURE));
  }

  @Test
  void aStatementOfTheOtherRoleIsNotValid() {
    var twoDialers = new Handshake(localB, NETWORK, Role.DIALER, CERT_B, CERT_A);
    greetEachOther(dialer, twoDialers);

    assertThat(judge(twoDialers, dialer.statementFor(b.publicKey())))
        .isEqualTo(new Refused(Refusal.BAD_SIGNATURE));
  }

  @Test
  void aStatementOverOtherCertificatesIsNotValid() {
    var elsewhere = new Handshake(localB, NETWORK, Role.ACCEPTOR, CERT_B, hash("mallory's"));
    greetEachOther(dialer, elsewhere);

    assertThat(judge(elsewhere, dialer.statementFor(b.publicKey())))
        .isEqualTo(new Refused(Refusal.BAD_SIGNATURE));
  }

  @Test
  void aStatementMadeForAnEarlierInstanceIsNotValid() {
    greetEachOther(dialer, acceptor);
    var statement = dialer.statementFor(b.publicKey());
    var restarted =
        new Handshake(local(b, "cccccccccccccccc"), NETWORK, Role.ACCEPTOR, CERT_B, CERT_A);
    restarted.receiveHello(dialer.hello());

    assertThat(judge(restarted, statement)).isEqualTo(new Refused(Refusal.BAD_SIGNATURE));
  }

  @Test
  void theDialerInsistsOnThePeerThatItDialed() {
    greetEachOther(dialer, acceptor);
    var other = Optional.of(KeyPair.fromSeed(hash("c").bytes()).publicKey());

    assertThat(dialer.receiveStatement(acceptor.statementFor(a.publicKey()), _ -> true, other))
        .isEqualTo(new Refused(Refusal.UNEXPECTED_KEY));
  }

  @Test
  void aStatementHasExactlyItsLength() {
    greetEachOther(dialer, acceptor);
    var statement = dialer.statementFor(b.publicKey());

    assertThat(judge(acceptor, statement.slice(0, statement.length() - 1)))
        .isEqualTo(new Refused(Refusal.MALFORMED));
    assertThat(judge(acceptor, Bytes.wrap(new byte[statement.length() + 1])))
        .isEqualTo(new Refused(Refusal.MALFORMED));
  }

  @Test
  void aGreetingHasExactlyItsLength() {
    var hello = acceptor.hello();

    for (int length = 0; length < hello.length(); length++) {
      assertThat(dialer.receiveHello(hello.slice(0, length))).contains(Refusal.MALFORMED);
    }
    var longer = new byte[hello.length() + 1];
    hello.copyTo(longer, 0);
    assertThat(dialer.receiveHello(Bytes.wrap(longer))).contains(Refusal.MALFORMED);
    assertThat(dialer.receiveHello(hello)).isEmpty();
  }

  @Test
  void nothingIsSignedBeforeTheGreeting() {
    assertThatThrownBy(() -> dialer.statementFor(b.publicKey()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void signBytesAreFrozen() {
    var statement =
        new Statement(
            NETWORK,
            Role.DIALER,
            new End(key(1), hash("certificate of a"), localA.instance()),
            new End(key(2), hash("certificate of b"), localB.instance()));

    assertThat(statement.signBytes())
        .isEqualTo(
            Bytes.fromHex(
                hex("quorate/handshake/v1")
                    + "00"
                    + "05"
                    + hex("chain")
                    + "0001"
                    + "01"
                    + hash("genesis").hex()
                    + "01".repeat(32)
                    + CERT_A.hex()
                    + hex("aaaaaaaaaaaaaaaa")
                    + "02".repeat(32)
                    + CERT_B.hex()
                    + hex("bbbbbbbbbbbbbbbb")));
  }

  @Test
  void theGreetingIsFrozen() {
    assertThat(dialer.hello())
        .isEqualTo(
            Bytes.fromHex(
                "0001" + "05" + hex("chain") + hash("genesis").hex() + hex("aaaaaaaaaaaaaaaa")));
  }

  private static void greetEachOther(Handshake one, Handshake two) {
    assertThat(one.receiveHello(two.hello())).isEmpty();
    assertThat(two.receiveHello(one.hello())).isEmpty();
  }

  private static Authentication judge(Handshake by, Bytes statement) {
    return by.receiveStatement(statement, _ -> true, Optional.empty());
  }

  private static LocalPeer local(KeyPair pair, String instance) {
    return new LocalPeer(
        pair.publicKey(),
        new InstanceId(Bytes.utf8(instance)),
        text -> Ed25519.INSTANCE.sign(pair, text));
  }

  private static PublicKey key(int fill) {
    return new PublicKey(Bytes.fromHex(("0" + fill).repeat(32)));
  }

  private static Hash hash(String text) {
    return Hash.sha256(Bytes.utf8(text));
  }

  private static String hex(String text) {
    return Bytes.utf8(text).hex();
  }
}
