package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;

/**
 * One signature in a message that claims to be a validator's.
 *
 * @param position the slot that it belongs to: of a correct signer there is one for each
 */
public record SignatureCheck(
    ValidatorId signer, SignPosition position, Bytes signBytes, Signature signature) {}
