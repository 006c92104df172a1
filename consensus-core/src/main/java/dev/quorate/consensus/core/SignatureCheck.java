package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;

/** One signature in a message that claims to be a validator's. */
public record SignatureCheck(ValidatorId signer, Bytes signBytes, Signature signature) {}
