package dev.quorate.transport.handshake;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.transport.handshake.Authentication.Authenticated;
import dev.quorate.transport.handshake.Authentication.Refused;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One end's part in the handshake of one connection.
 *
 * <pre>
 * dialer                                   acceptor
 *   HELLO  ------------------------------>
 *          <------------------------------  HELLO
 *   STATEMENT(dialer's key, signature) -->
 *                                           verifies, lets in or hangs up
 *          <--  STATEMENT(acceptor's key, signature)
 *   verifies
 * </pre>
 *
 * The acceptor signs nothing for a stranger, and its statement also says "you are in". Cheap checks
 * come before the signature. Not safe for use by several threads.
 */
public final class Handshake {
  /** Cap on the length of any frame before the other end is known. */
  public static final int MAX_FRAME_BYTES = 16 * 1024;

  private static final int STATEMENT_SIZE = PublicKey.SIZE + Signature.SIZE;

  private final LocalPeer local;
  private final NetworkIdentity network;
  private final Role role;
  private final Hash localCertificate;
  private final Hash remoteCertificate;
  private @Nullable InstanceId remoteInstance;

  /** Certificates are given as the SHA-256 of their DER form, as TLS showed them. */
  public Handshake(
      LocalPeer local,
      NetworkIdentity network,
      Role role,
      Hash localCertificate,
      Hash remoteCertificate) {
    this.local = local;
    this.network = network;
    this.role = role;
    this.localCertificate = localCertificate;
    this.remoteCertificate = remoteCertificate;
  }

  /** Body of the greeting to send. */
  public Bytes hello() {
    return Hello.of(network, local.instance()).encode();
  }

  /** Takes the other end's greeting; the answer is empty if it may go on. */
  public Optional<Refusal> receiveHello(Bytes body) {
    var version = Hello.versionOf(body);
    if (version.isPresent() && version.get() != Hello.PROTOCOL_VERSION) {
      return Optional.of(Refusal.WRONG_VERSION);
    }
    var hello = Hello.decode(body);
    if (hello.isEmpty()) {
      return Optional.of(Refusal.MALFORMED);
    }
    if (!hello.get().chainId().equals(network.chainIdBytes())) {
      return Optional.of(Refusal.WRONG_CHAIN);
    }
    if (!hello.get().genesisHash().equals(network.genesisHash())) {
      return Optional.of(Refusal.WRONG_GENESIS);
    }
    remoteInstance = hello.get().instance();
    return Optional.empty();
  }

  /** Body of the statement to send: our key, and its signature for this connection and peer. */
  public Bytes statementFor(PublicKey peer) {
    var signature =
        local.signer().sign(new Statement(network, role, localEnd(), remoteEnd(peer)).signBytes());
    var body = new byte[STATEMENT_SIZE];
    local.key().bytes().copyTo(body, 0);
    signature.bytes().copyTo(body, PublicKey.SIZE);
    return Bytes.wrap(body);
  }

  /**
   * Judges the other end's statement.
   *
   * @param known whether a key is a peer's at all
   * @param dialed the peer that we meant to reach, if it was we who dialed
   */
  public Authentication receiveStatement(
      Bytes body, Predicate<PublicKey> known, Optional<PublicKey> dialed) {
    if (body.length() != STATEMENT_SIZE) {
      return new Refused(Refusal.MALFORMED);
    }
    var key = new PublicKey(Bytes.wrap(body.slice(0, PublicKey.SIZE).toArray()));
    if (key.equals(local.key())) {
      return new Refused(Refusal.OWN_KEY);
    }
    if (!known.test(key)) {
      return new Refused(Refusal.UNKNOWN_KEY);
    }
    if (dialed.isPresent() && !dialed.get().equals(key)) {
      return new Refused(Refusal.UNEXPECTED_KEY);
    }
    var signed = new Statement(network, role.other(), remoteEnd(key), localEnd()).signBytes();
    var signature = new Signature(body.slice(PublicKey.SIZE, STATEMENT_SIZE));
    if (!network.scheme().verify(key, signed, signature)) {
      return new Refused(Refusal.BAD_SIGNATURE);
    }
    return new Authenticated(key, greeted());
  }

  private End localEnd() {
    return new End(local.key(), localCertificate, local.instance());
  }

  private End remoteEnd(PublicKey key) {
    return new End(key, remoteCertificate, greeted());
  }

  private InstanceId greeted() {
    if (remoteInstance == null) {
      throw new IllegalStateException("a statement has no meaning before the greeting");
    }
    return remoteInstance;
  }
}
