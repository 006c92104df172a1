package dev.quorate.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What a node shows in a TLS handshake: a self-signed certificate over an EC key (P-256) that lives
 * as long as the process.
 *
 * <p>Nothing in the certificate vouches for anybody, hence it has no name and never expires. Who
 * stands behind it is what the validator's own key says about its {@link #fingerprint}.
 */
public final class TlsIdentity {
  private static final X500Name NAME = new X500Name("CN=quorate");
  private static final Instant FROM = Instant.EPOCH;

  /** What RFC 5280 (4.1.2.5) writes for a certificate that does not expire. */
  private static final Instant UNTIL = Instant.parse("9999-12-31T23:59:59Z");

  private static final int SERIAL_BITS = 127;

  private final X509Certificate certificate;
  private final PrivateKey privateKey;

  private TlsIdentity(X509Certificate certificate, PrivateKey privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
  }

  /** A new key with its certificate. */
  public static TlsIdentity generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      var keys = generator.generateKeyPair();
      var serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
      var builder =
          new JcaX509v3CertificateBuilder(
              NAME, serial, Date.from(FROM), Date.from(UNTIL), NAME, keys.getPublic());
      var signer =
          new JcaContentSignerBuilder("SHA256withECDSA")
              .setSecureRandom(random)
              .build(keys.getPrivate());
      var encoded = new ByteArrayInputStream(builder.build(signer).getEncoded());
      var certificate = CertificateFactory.getInstance("X.509").generateCertificate(encoded);
      return new TlsIdentity((X509Certificate) certificate, keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
      throw new IllegalStateException("this JDK makes no EC certificate", impossible);
    }
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public PrivateKey privateKey() {
    return privateKey;
  }

  /** SHA-256 of the encoded certificate. */
  public Hash fingerprint() {
    return fingerprintOf(certificate);
  }

  /** The same of a certificate that a peer showed. */
  public static Hash fingerprintOf(X509Certificate certificate) {
    try {
      return Hash.sha256(Bytes.wrap(certificate.getEncoded()));
    } catch (CertificateEncodingException unencodable) {
      throw new IllegalArgumentException("a certificate without an encoding", unencodable);
    }
  }
}
