package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

class TlsIdentityTest {
  private final TlsIdentity identity = TlsIdentity.generate(new SecureRandom());

  @Test
  void signsItsOwnCertificate() throws GeneralSecurityException {
    var certificate = identity.certificate();

    certificate.verify(certificate.getPublicKey());

    assertThat(certificate.getSubjectX500Principal())
        .isEqualTo(certificate.getIssuerX500Principal());
    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(identity.privateKey().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void neverExpires() throws GeneralSecurityException {
    identity.certificate().checkValidity(Date.from(Instant.parse("1999-01-01T00:00:00Z")));
    identity.certificate().checkValidity(Date.from(Instant.parse("9000-01-01T00:00:00Z")));
  }

  @Test
  void isNamedByTheHashOfItsCertificate() throws GeneralSecurityException {
    var encoded = Bytes.wrap(identity.certificate().getEncoded());

    assertThat(identity.fingerprint()).isEqualTo(Hash.sha256(encoded));
    assertThat(TlsIdentity.fingerprintOf(identity.certificate())).isEqualTo(identity.fingerprint());
  }

  @Test
  void isAnotherOneEveryTime() {
    var other = TlsIdentity.generate(new SecureRandom());

    assertThat(other.fingerprint()).isNotEqualTo(identity.fingerprint());
    assertThat(other.certificate().getSerialNumber())
        .isNotEqualTo(identity.certificate().getSerialNumber());
  }
}
