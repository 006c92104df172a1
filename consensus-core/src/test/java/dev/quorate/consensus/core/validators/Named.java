package dev.quorate.consensus.core.validators;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.PublicKey;
import java.util.Arrays;

/** Validators whose address is the ASCII of a name, so that tests choose how addresses sort. */
public final class Named {
  private Named() {}

  public static ValidatorId id(String name) {
    return new ValidatorId(Bytes.wrap(Arrays.copyOf(Bytes.utf8(name).toArray(), 20)));
  }

  public static Validator validator(String name, long power) {
    return new Validator(id(name), new PublicKey(Hash.sha256(Bytes.utf8(name)).bytes()), power);
  }

  /** Validators a, b, c ... with the given powers. */
  public static ValidatorSet powers(long... powers) {
    var validators = new Validator[powers.length];
    for (int i = 0; i < powers.length; i++) {
      validators[i] = validator(String.valueOf((char) ('a' + i)), powers[i]);
    }
    return ValidatorSet.of(Arrays.asList(validators));
  }
}
