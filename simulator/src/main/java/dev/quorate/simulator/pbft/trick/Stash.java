package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.ViewChange;
import java.util.ArrayList;
import java.util.List;

/** Certificates that were seen, to be shown where they do not belong. */
final class Stash {
  private static final int MOST = 64;

  private final List<Certificate> certificates = new ArrayList<>();

  void see(PbftMessage message) {
    if (message instanceof CertificateMessage(var certificate)) {
      keep(certificate);
    } else if (message instanceof ViewChange it) {
      it.high().ifPresent(this::keep);
      it.commit().ifPresent(this::keep);
    } else if (message instanceof NewView it) {
      it.certificate().ifPresent(this::keep);
    }
  }

  /** The oldest first. */
  List<Certificate> certificates() {
    return List.copyOf(certificates);
  }

  private void keep(Certificate certificate) {
    if (!certificates.contains(certificate)) {
      if (certificates.size() >= MOST) {
        certificates.remove(MOST / 2);
      }
      certificates.add(certificate);
    }
  }
}
