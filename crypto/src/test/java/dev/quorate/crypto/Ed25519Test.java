package dev.quorate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
  private static final Ed25519 SCHEME = Ed25519.INSTANCE;
  private static final Bytes MESSAGE = Bytes.utf8("a message");

  private static final BigInteger SECRET = BigInteger.valueOf(20_261_125);
  private static final Edwards25519.Point KEY = Edwards25519.BASE.times(SECRET);

  private final KeyPair keys = KeyPair.fromSeed(Hash.sha256(Bytes.utf8("a")).bytes());
  private final Signature signature = SCHEME.sign(keys, MESSAGE);

  /** RFC 8032, 7.1: TEST 1, 2, 3 and SHA(abc). */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, \
          d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', \
          e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
          4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, \
          3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, \
          92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
          c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, \
          fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82, \
          6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
          833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42, \
          ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf, \
          ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f, \
          dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704
          """)
  void signsAndVerifiesLikeTheRfc(String seed, String key, String message, String expected) {
    var pair = KeyPair.fromSeed(Bytes.fromHex(seed));
    var text = Bytes.fromHex(message);

    assertThat(pair.publicKey()).isEqualTo(new PublicKey(Bytes.fromHex(key)));
    assertThat(SCHEME.sign(pair, text)).isEqualTo(new Signature(Bytes.fromHex(expected)));
    assertThat(SCHEME.verify(pair.publicKey(), text, new Signature(Bytes.fromHex(expected))))
        .isTrue();
    assertThat(SCHEME.isSound(pair.publicKey())).isTrue();
  }

  @Test
  void rejectsEverySmallOrderOrNonCanonicalCaseOfZip215() throws IOException {
    var cases = zip215();
    assertThat(cases).hasSize(196);
    for (var one : cases) {
      assertThat(SCHEME.verify(one.key(), Bytes.utf8("Zcash"), one.crafted()))
          .as("%s", one)
          .isFalse();
      assertThat(SCHEME.isSound(one.key())).as("%s", one).isFalse();
    }
  }

  @Test
  void rejectsANonCanonicalFirstHalfEvenIfTheEquationHolds()
      throws IOException, GeneralSecurityException {
    var small = new HashSet<Bytes>();
    for (int i = 0; i < 8; i++) {
      small.add(Edwards25519.TORSION.times(BigInteger.valueOf(i)).encode());
    }
    var halves = new HashSet<Bytes>();
    for (var one : zip215()) {
      halves.add(one.crafted().bytes().slice(0, 32));
    }
    assertThat(halves).hasSizeGreaterThan(8).containsAll(small);
    for (var half : halves) {
      var crafted = craft(half, KEY, SECRET, BigInteger.ZERO);

      assertThat(SCHEME.verify(publicKey(KEY), MESSAGE, crafted))
          .as("%s", half)
          .isEqualTo(small.contains(half));
    }
  }

  @Test
  void rejectsASecondHalfThatIsNotBelowTheOrder() {
    var s = Edwards25519.number(signature.bytes().slice(32, 64).toArray());
    for (var larger = s.add(Edwards25519.L); larger.bitLength() <= 256; ) {
      assertThat(SCHEME.verify(keys.publicKey(), MESSAGE, withS(larger))).isFalse();
      larger = larger.add(Edwards25519.L);
    }
    assertThat(SCHEME.verify(keys.publicKey(), MESSAGE, withS(s))).isTrue();
    assertThat(SCHEME.verify(keys.publicKey(), MESSAGE, withS(Edwards25519.L))).isFalse();
    assertThat(SCHEME.verify(keys.publicKey(), MESSAGE, withS(BigInteger.ZERO))).isFalse();
  }

  @Test
  void rejectsEveryFlippedBit() {
    for (int bit = 0; bit < 8 * Signature.SIZE; bit++) {
      var flipped = new Signature(flip(signature.bytes(), bit));
      assertThat(SCHEME.verify(keys.publicKey(), MESSAGE, flipped)).as("bit %s", bit).isFalse();
    }
    for (int bit = 0; bit < 8 * MESSAGE.length(); bit++) {
      assertThat(SCHEME.verify(keys.publicKey(), flip(MESSAGE, bit), signature)).isFalse();
    }
    for (int bit = 0; bit < 8 * PublicKey.SIZE; bit++) {
      var flipped = new PublicKey(flip(keys.publicKey().bytes(), bit));
      assertThat(SCHEME.verify(flipped, MESSAGE, signature)).as("bit %s", bit).isFalse();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void rejectsNoise(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      var key = new byte[PublicKey.SIZE];
      var noise = new byte[Signature.SIZE];
      random.nextBytes(key);
      random.nextBytes(noise);

      var judged = new PublicKey(Bytes.wrap(key));
      assertThat(SCHEME.verify(judged, MESSAGE, new Signature(Bytes.wrap(noise)))).isFalse();
      assertThat(SCHEME.verify(judged, MESSAGE, signature)).isFalse();
    }
  }

  @Test
  void rejectsWhatIsNotSigned() {
    assertThat(SCHEME.verify(keys.publicKey(), MESSAGE, Signature.UNSIGNED)).isFalse();
    assertThat(SCHEME.verify(keys.publicKey(), Bytes.EMPTY, signature)).isFalse();
  }

  @Test
  void acceptsWhatOnlyTheCofactoredEquationAccepts() throws GeneralSecurityException {
    var torsion = Edwards25519.TORSION;
    assertThat(torsion.times(BigInteger.valueOf(8))).isEqualTo(Edwards25519.Point.NEUTRAL);
    assertThat(torsion.times(BigInteger.valueOf(4))).isNotEqualTo(Edwards25519.Point.NEUTRAL);
    var nonce = BigInteger.valueOf(1807);
    var r = Edwards25519.BASE.times(nonce);
    var mixedKey = KEY.plus(torsion);

    var plain = craft(r.encode(), KEY, SECRET, nonce);
    var mixedR = craft(r.plus(torsion).encode(), KEY, SECRET, nonce);
    var mixedA = craft(r.encode(), mixedKey, SECRET, nonce);

    assertThat(SCHEME.verify(publicKey(KEY), MESSAGE, plain)).isTrue();
    assertThat(SCHEME.verify(publicKey(KEY), MESSAGE, mixedR)).isTrue();
    assertThat(SCHEME.verify(publicKey(mixedKey), MESSAGE, mixedA)).isTrue();
  }

  @Test
  void rejectsAKeyOfSmallOrderForWhichEverythingWouldBeSigned() throws GeneralSecurityException {
    for (int i = 0; i < 8; i++) {
      var small = Edwards25519.TORSION.times(BigInteger.valueOf(i));
      var nonce = BigInteger.valueOf(4938);
      var r = Edwards25519.BASE.times(nonce).encode();

      var crafted = craft(r, small, BigInteger.ZERO, nonce);

      assertThat(SCHEME.verify(publicKey(small), MESSAGE, crafted)).as("A %s", i).isFalse();
      assertThat(SCHEME.isSound(publicKey(small))).isFalse();
    }
  }

  @Test
  void findsAKeyUnsoundThatHasATorsionPart() {
    assertThat(SCHEME.isSound(publicKey(KEY.plus(Edwards25519.TORSION)))).isFalse();
    assertThat(SCHEME.isSound(publicKey(KEY))).isTrue();
  }

  @Test
  void acceptsManySignaturesOfOneSignerForOneMessage() throws GeneralSecurityException {
    var signatures = new HashSet<Signature>();
    for (int i = 1; i <= 8; i++) {
      var nonce = BigInteger.valueOf(i);
      signatures.add(craft(Edwards25519.BASE.times(nonce).encode(), KEY, SECRET, nonce));
    }

    assertThat(signatures).hasSize(8).allMatch(it -> SCHEME.verify(publicKey(KEY), MESSAGE, it));
  }

  @Test
  void refusesValuesOfAnotherLength() {
    assertThatThrownBy(() -> KeyPair.fromSeed(Bytes.wrap(new byte[31])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PublicKey(Bytes.wrap(new byte[33])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Signature(Bytes.wrap(new byte[63])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What a signer computes who knows the secret and the nonce, whatever the first half says. */
  private static Signature craft(
      Bytes r, Edwards25519.Point key, BigInteger secret, BigInteger nonce)
      throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-512");
    r.updateTo(digest);
    key.encode().updateTo(digest);
    MESSAGE.updateTo(digest);
    var k = Edwards25519.number(digest.digest());
    var s = nonce.add(k.multiply(secret)).mod(Edwards25519.L);
    return new Signature(Bytes.fromHex(r.hex() + Edwards25519.littleEndian(s).hex()));
  }

  private static PublicKey publicKey(Edwards25519.Point point) {
    return new PublicKey(point.encode());
  }

  private Signature withS(BigInteger s) {
    var r = signature.bytes().slice(0, 32).hex();
    return new Signature(Bytes.fromHex(r + Edwards25519.littleEndian(s).hex()));
  }

  private static Bytes flip(Bytes bytes, int bit) {
    var flipped = bytes.toArray();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.wrap(flipped);
  }

  private record Case(PublicKey key, Signature crafted) {}

  /** A line has a key and a signature, in hexadecimal, with a blank between. */
  private static List<Case> zip215() throws IOException {
    try (var in = Ed25519Test.class.getResourceAsStream("/vectors/ed25519_zip215.txt")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank())
          .map(
              line ->
                  new Case(
                      new PublicKey(Bytes.fromHex(line.substring(0, 64))),
                      new Signature(Bytes.fromHex(line.substring(65).strip()))))
          .toList();
    }
  }
}
