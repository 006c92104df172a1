package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.Message;

/** The messages of the protocol, in the words of Castro and Liskov. */
public sealed interface PbftMessage extends Message<PbftMessage>
    permits PrePrepare,
        Prepare,
        Commit,
        CertificateMessage,
        Status,
        Complain,
        Conflict,
        ViewChange,
        NewView {}
