package dev.quorate.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Who may touch a key file. */
final class KeyFileMode {
  private static final Set<PosixFilePermission> OWNERS_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private static final Path SELF = Path.of("/proc/self");

  private KeyFileMode() {}

  /** What is wrong with the file's owner or mode, and how to mend it; empty if nothing is. */
  static Optional<String> complaint(Path path) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return Optional.of(
          "the file system of " + path + " knows no file modes; move the key to one that does");
    }
    var attributes = view.readAttributes();
    var user = userOfThisProcess(path);
    if (!attributes.owner().equals(user)) {
      return Optional.of(
          "key file %s belongs to %s, but %s runs this: chown %s %s"
              .formatted(path, attributes.owner().getName(), user.getName(), user.getName(), path));
    }
    if (!OWNERS_ONLY.containsAll(attributes.permissions())) {
      return Optional.of("others can read key file %s: chmod 600 %s".formatted(path, path));
    }
    return Optional.empty();
  }

  /** By number where the system tells it; a user of a container often has no name. */
  private static UserPrincipal userOfThisProcess(Path path) throws IOException {
    if (Files.exists(SELF)) {
      return Files.getOwner(SELF);
    }
    return path.getFileSystem()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(System.getProperty("user.name"));
  }
}
