/**
 * Hashes, Ed25519 keys and signatures, RFC 6962 Merkle trees and key files.
 *
 * <p>Bouncy Castle is named in this package and nowhere else: all validators of a network must
 * agree on which signatures are valid, so there is one door to them.
 */
@NullMarked
package dev.quorate.crypto;

import org.jspecify.annotations.NullMarked;
