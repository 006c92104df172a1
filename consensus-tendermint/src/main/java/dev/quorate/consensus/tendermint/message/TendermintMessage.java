package dev.quorate.consensus.tendermint.message;

import dev.quorate.consensus.core.Message;

/** The messages of the protocol. */
public sealed interface TendermintMessage extends Message<TendermintMessage>
    permits Proposal, Prevote, Precommit, CertificateMessage, Justification, Status {}
