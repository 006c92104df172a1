package dev.quorate.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * A validator's key in a file: PKCS#8 in PEM, as {@code openssl genpkey -algorithm ed25519} writes
 * it and {@code openssl pkey} reads it (RFC 8410), for its owner's eyes only.
 */
public final class KeyFile {
  /** PrivateKeyInfo version 0, algorithm 1.3.101.112, an octet string of 32 bytes in another. */
  private static final Bytes DER_PREFIX = Bytes.fromHex("302e020100300506032b657004220420");

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int MAX_SIZE = 4096;

  private KeyFile() {}

  /** What came of reading a file. */
  public sealed interface Reading {
    /** The key; the warning is the sentence for which a strict reader would have refused it. */
    record Read(KeyPair keys, Optional<String> warning) implements Reading {}

    /** No key, and one sentence that says what is wrong and how to mend it. */
    record Refused(String reason) implements Reading {}
  }

  /** How much a file's mode and owner matter. */
  public enum Strictness {
    /** A key that others can read is no secret: it is refused. */
    REFUSE,
    /** For networks whose keys protect nothing: such a key is taken, with a warning. */
    WARN
  }

  /**
   * Writes a key into a new file of mode 0600; when this returns it is on disk. A file that exists
   * already, of whatever content, is left alone.
   *
   * @throws UncheckedIOException caused by {@link java.nio.file.FileAlreadyExistsException} if the
   *     path is taken
   */
  public static void create(Path path, KeyPair keys) {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(path, options, mode)) {
      var text = ByteBuffer.wrap(pem(keys).getBytes(StandardCharsets.US_ASCII));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
      syncFolderOf(path);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot create key file " + path, failed);
    }
  }

  /** Reads a key that nobody but the user of this process can read. */
  public static Reading read(Path path) {
    return read(path, Strictness.REFUSE);
  }

  /** Reads a key; whatever is wrong with the file is a value, not an exception. */
  public static Reading read(Path path, Strictness strictness) {
    try {
      var complaint = KeyFileMode.complaint(path);
      if (strictness == Strictness.REFUSE && complaint.isPresent()) {
        return new Reading.Refused(complaint.get());
      }
      if (Files.size(path) > MAX_SIZE) {
        return noKey(path);
      }
      return parse(Files.readString(path, StandardCharsets.ISO_8859_1))
          .<Reading>map(keys -> new Reading.Read(keys, complaint))
          .orElseGet(() -> noKey(path));
    } catch (NoSuchFileException missing) {
      return new Reading.Refused("there is no key file " + path);
    } catch (AccessDeniedException denied) {
      return new Reading.Refused("not allowed to read key file " + path + ": run as its owner");
    } catch (IOException failed) {
      return new Reading.Refused("cannot read key file " + path + ": " + failed.getMessage());
    }
  }

  /** A new file is in its folder for good only when the folder is on disk too. */
  private static void syncFolderOf(Path path) throws IOException {
    var folder = path.toAbsolutePath().getParent();
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Reading noKey(Path path) {
    return new Reading.Refused(
        path + " holds no Ed25519 private key in PEM (PKCS#8); restore it from a backup");
  }

  private static String pem(KeyPair keys) {
    var der = new byte[DER_PREFIX.length() + Ed25519.SEED_SIZE];
    DER_PREFIX.copyTo(der, 0);
    keys.seed().copyTo(der, DER_PREFIX.length());
    return BEGIN + "\n" + Base64.getEncoder().encodeToString(der) + "\n" + END + "\n";
  }

  private static Optional<KeyPair> parse(String text) {
    var lines = text.strip();
    if (!lines.startsWith(BEGIN) || !lines.endsWith(END)) {
      return Optional.empty();
    }
    Bytes der;
    try {
      var body = lines.substring(BEGIN.length(), lines.length() - END.length());
      der = Bytes.wrap(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException noPem) {
      return Optional.empty();
    }
    int head = DER_PREFIX.length();
    if (der.length() != head + Ed25519.SEED_SIZE || !der.slice(0, head).equals(DER_PREFIX)) {
      return Optional.empty();
    }
    return Optional.of(KeyPair.fromSeed(Bytes.copyOf(der.slice(head, der.length()).toArray())));
  }
}
